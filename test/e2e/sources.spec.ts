// One training, several records: pairs across trackers are offered, linked, refused; a joined run shows its sources.
import { fixture } from './support/fixture';
import { listedRuns, messages, openRun, runList } from './support/frame';
import { waitIdle } from './support/idle';
import { expect, test } from './support/test';

test.describe('with the samples of two trackers', () => {
  test.use({ paths: ['resources/samples/two-trackers'] });

  test('a pair is offered with its evidence; a link holds over a reload and can be taken back', async ({ app }) => {
    await app.getByRole('button', { name: '2 trainings recorded twice?' }).click();
    const offers = app.getByRole('dialog', { name: 'Recorded twice?' });
    const offer = offers.getByRole('listitem').filter({ hasText: 'mlp-lr0.05' });
    await expect(offer).toContainText('4 of 4 curves agree in single precision');
    await offer.getByRole('button', { name: 'Link', exact: true }).click();
    await expect(offers.getByRole('listitem')).toHaveCount(1);
    await app.keyboard.press('Escape');
    await waitIdle(app);

    const names = () => runList(app).locator('a').allInnerTexts();
    const all = await names();
    expect(all[all.indexOf('mlp lr=0.05') + 1]).toBe('tensorboard/mlp-lr0.05');
    await app.reload();
    await waitIdle(app);
    expect(await names()).toEqual(all);

    await openRun(app, 'mlp lr=0.05');
    const elsewhere = app.getByRole('list', { name: 'Recorded elsewhere' });
    await expect(elsewhere).toContainText('Linked with tensorboard/mlp-lr0.05 of TensorBoard');
    await elsewhere.getByRole('button', { name: 'Unlink' }).click();
    await expect(elsewhere).toContainText('Also recorded by TensorBoard as tensorboard/mlp-lr0.05: 4 of 4 curves agree in single precision');
    await elsewhere.getByRole('button', { name: 'Not the same' }).click();
    await expect(elsewhere).toBeHidden();
    await messages(app).getByRole('button', { name: 'Undo' }).last().click();
    await expect(elsewhere).toBeVisible();
    await elsewhere.getByRole('button', { name: 'Compare the two' }).click();
    await expect(app.getByRole('tab', { name: 'Differences' })).toHaveAttribute('aria-selected', 'true');
  });
});

test.describe('with a job that logs elsewhere too', () => {
  test.use({ paths: [fixture('mlflow-file/in-hydra-job')] });

  test('the run tells its sources, contradictions first, and whose each value is', async ({ app }) => {
    expect(await listedRuns(app)).toHaveLength(1);
    await expect(runList(app).getByRole('row')).toContainText('Read from MLflow and Hydra');
    await openRun(app, 'softmax-sgd-s3');
    await app.getByRole('tab', { name: /^Sources/ }).click();
    const contrary = app.getByRole('table', { name: 'Contradictions' });
    await expect(contrary.getByRole('row').filter({ hasText: 'param' })).toHaveText(/seed param\s*4 MLflow\s*3 Hydra/);
    await expect(app.getByRole('heading', { name: 'Hydra' })).toBeVisible();
    await app.getByRole('tab', { name: /^Params/ }).click();
    const row = (name: string) => app.getByRole('table', { name: 'params' }).getByRole('row').filter({ hasText: name });
    await expect(row('epochs').getByRole('img', { name: 'From Hydra' })).toBeVisible();
    await expect(row('optimizer.lr').getByRole('img', { name: 'From MLflow and Hydra' })).toBeVisible();
  });
});
