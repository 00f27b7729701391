// Reviews of several folders as one.

import { type CodePlace, type CoverageAxis, type CoverageState, coverageAxes, type SetupReview } from './finding';

/** Null where there is none. Rules were asked folder by folder: what one folder has does not help another. */
export function mergedReviews(reviews: readonly SetupReview[]): SetupReview | null {
  const [first] = reviews;
  if (!first || reviews.length === 1) return first ?? null;
  const all = <T>(of: (review: SetupReview) => readonly T[]): readonly T[] => reviews.flatMap(of);
  return {
    files: all(({ files }) => files),
    trainings: all(({ trainings }) => trainings),
    recipes: all(({ recipes }) => recipes),
    frameworks: [...new Set(all(({ frameworks }) => frameworks))].sort(),
    trackers: [...new Set(all(({ trackers }) => trackers))].sort(),
    findings: all(({ findings }) => findings),
    withdrawn: all(({ withdrawn }) => withdrawn),
    suppressed: all(({ suppressed }) => suppressed),
    unknown: all(({ unknown }) => unknown),
    coverage: coverageOfAll(reviews),
  };
}

/** Folders that train nothing have no say. */
function coverageOfAll(reviews: readonly SetupReview[]): SetupReview['coverage'] {
  const training = reviews.filter(({ trainings }) => trainings.length > 0);
  const axis = (id: CoverageAxis): { readonly state: CoverageState; readonly places: readonly CodePlace[] } => ({
    state: stateOf(training.map(({ coverage }) => coverage[id].state)),
    places: training.flatMap(({ coverage }) => coverage[id].places),
  });
  return Object.fromEntries(coverageAxes.map((id) => [id, axis(id)])) as SetupReview['coverage'];
}

/** What all say; in part where some lack what others have; and where one cannot be told, neither can all. */
function stateOf(states: readonly CoverageState[]): CoverageState {
  const said = new Set(states);
  const [only = 'unknown'] = said;
  if (said.size <= 1) return only;
  return said.has('partial') || (said.has('present') && said.has('absent')) ? 'partial' : 'unknown';
}
