// The one place that names the release feed: where the update check asks, and nothing else does. Null until there are releases to ask for.

const releaseFeed: string | null = null;

/** The feed of this build, or the one that whoever runs the program names. Only https is asked, or this machine itself. */
export function releaseFeedOf(env: NodeJS.ProcessEnv): string | null {
  const named = env.DIPTYCH_RELEASE_FEED || releaseFeed;
  return named !== null && /^(https:\/\/|http:\/\/127\.0\.0\.1[:/])/.test(named) ? named : null;
}
