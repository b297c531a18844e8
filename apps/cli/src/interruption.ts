/** Why a run is to stop although nothing is wrong with it. Its message is shown, if it has one. */
export class Interruption extends Error {
  override readonly name: string = "Interruption";
  /** 129 after SIGHUP, 130 after SIGINT, 143 after SIGTERM, 0 when the reader of the output has gone, 2 when it cannot be written. */
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}
