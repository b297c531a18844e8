/**
 * Loads a built module of a package by its place, as `contenders.ts` finds the command: what is measured is what
 * users run. `Module` states what the script uses of it.
 */
export function loadBuilt<Module>(packageName: string, module = "index.js"): Promise<Module> {
  const place = new URL(`../../../../packages/${packageName}/dist/${module}`, import.meta.url);
  return import(place.href) as Promise<Module>;
}
