// A reporter of vitest: writes which tests passed only at the second try, and why they failed at the first.
import { writeFileSync } from 'node:fs';

export default class SecondTryReporter {
  #lines = [];

  onTestCaseResult(test) {
    if (!test.diagnostic()?.flaky) return;
    const [first = ''] = (test.result().errors?.[0]?.message ?? '').split('\n', 1);
    this.#lines.push(`${test.module.relativeModuleId} › ${test.fullName}: ${first}`);
  }

  onTestRunEnd() {
    const { DIPTYCH_SECOND_TRIES: file } = process.env;
    if (file) writeFileSync(file, JSON.stringify(this.#lines));
  }
}
