import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type ExportFile, type GenerateExportOptions, generateExport } from "./generate-export.ts";

/** Characters that are written at once. */
const PIECE_LENGTH = 1 << 20;

/** Writes the files of an export into a folder; memory does not grow with their size. Gives their bytes. */
export function writeExport(folder: string, options: GenerateExportOptions): Map<ExportFile, number> {
  const targets = new Map<ExportFile, number>();
  const pending = new Map<ExportFile, string>();
  const written = new Map<ExportFile, number>();
  for (const { file, text } of generateExport(options)) {
    const texts = (pending.get(file) ?? "") + text;
    pending.set(file, texts);
    if (texts.length >= PIECE_LENGTH) {
      write(file);
    }
  }
  for (const file of pending.keys()) {
    write(file);
    closeSync(targets.get(file)!);
  }
  return written;

  function write(file: ExportFile): void {
    const target = targets.get(file) ?? openSync(join(folder, file), "wx");
    targets.set(file, target);
    written.set(file, (written.get(file) ?? 0) + writeSync(target, pending.get(file)!));
    pending.set(file, "");
  }
}
