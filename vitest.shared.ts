import type { ViteUserConfig } from "vitest/config";

/** What every package's tests share: sources are read as they are, with no build step between. */
export const shared: ViteUserConfig = {
  resolve: { conditions: ["@dpo-kit/source"] },
  ssr: { resolve: { conditions: ["@dpo-kit/source"] } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};
