export { createTokenPool, type TokenPool, type TokenPoolOptions } from "./node/token-pool.ts";
