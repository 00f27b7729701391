// The job that groups repeated runs and says which groups really differ.

import { type GroupStudy, studyGroups } from '../../../../core/groups/study';
import type { Job } from '../../../registry/jobs';
import { type OrProblem, type TrialsRequest, withTrials } from '../../../workers/trials';

export const job: Job<TrialsRequest, OrProblem<{ readonly study: GroupStudy }>> = {
  meta: { id: 'effects-groups' },
  run: (request, context) => withTrials(request, context, (table) => ({ study: withoutParams(studyGroups(table)) })),
};

/** What members were set to stands in their group: ten thousand runs with thousands of params are not sent twice. */
const withoutParams = (study: GroupStudy): GroupStudy => ({
  ...study,
  groups: study.groups.map((group) => ({ ...group, members: group.members.map((member) => ({ ...member, params: {}, circumstances: {} })) })),
});
