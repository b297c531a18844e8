/** Environment variables, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What decides whether a stream gets colours. */
export interface ColorChoice {
  /** Given with `--color` or `--no-color`. */
  color?: boolean | undefined;
  isTTY: boolean;
  env: Environment;
}

/**
 * Whether a stream gets colours. The first that is set decides: `--color`/`--no-color`, `NO_COLOR`
 * (https://no-color.org), `FORCE_COLOR` (https://force-color.org), `TERM=dumb` and `CI` (none), and last
 * whether the stream is a terminal.
 */
export function streamHasColor({ color, isTTY, env }: ColorChoice): boolean {
  if (color !== undefined) {
    return color;
  }
  if (isSet(env.NO_COLOR)) {
    return false;
  }
  if (isSet(env.FORCE_COLOR)) {
    return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  }
  return isTTY && !isPlain(env);
}

/** Whether a stream may be drawn over, as a progress bar does: a terminal that can, watched by somebody. */
export function streamIsLive(isTTY: boolean, env: Environment): boolean {
  return isTTY && !isPlain(env);
}

/** Whether signs outside ASCII are shown as they are. By the locale; on Windows, by the terminal. */
export function showsUnicode(env: Environment, platform: string): boolean {
  if (env.TERM === "dumb") {
    return false;
  }
  if (platform === "win32") {
    return isSet(env.WT_SESSION) || isSet(env.TERM_PROGRAM);
  }
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(isSet);
  return locale === undefined ? platform === "darwin" : /utf-?8/iu.test(locale);
}

function isPlain(env: Environment): boolean {
  return env.TERM === "dumb" || (isSet(env.CI) && env.CI !== "false");
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
