/** Which fields of an annotated task are what: exports of annotation tools do not say it. */
export interface TaskFieldNames {
  /** Default: the one field with a name that is known for prompts, or the only one beside the answers. */
  readonly prompt?: string | undefined;
  /** In the order in which they were shown. Default: two names that end alike, such as `answer1` and `answer2`. */
  readonly answers?: readonly string[] | undefined;
}
