/**
 * Ends a test run with one plain line, `N passed, N failed`, counting test cases over all packages. If tests were
 * skipped, the line before it says how many, and their names, which say why.
 */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const count = { passed: 0, failed: unhandledErrors.length };
    const skipped = [];
    for (const module of modules) {
      if (module.state() === "failed" && module.errors().length > 0) {
        count.failed += 1;
      }
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "skipped") {
          skipped.push(test.name);
        } else {
          count[state] = (count[state] ?? 0) + 1;
        }
      }
    }
    const note = skipped.length === 0 ? "" : `${skipped.length} skipped: ${distinct(skipped).join("; ")}\n`;
    process.on("exit", () => process.stdout.write(`${note}${count.passed} passed, ${count.failed} failed\n`));
  }
}

/** Names on one line, each once: a run of one test by its name (`-t`) skips all the others. */
function distinct(names) {
  const each = [...new Set(names.map((name) => name.replace(/\s+/gu, " ")))];
  return each.length > MOST_NAMES ? [...each.slice(0, MOST_NAMES), "…"] : each;
}

const MOST_NAMES = 10;
