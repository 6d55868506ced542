import { logger } from "./logger"

export function show(id: number, count: number): void {
  // safe: console.log → logger.info
  logger.info({ id }, "it's")
  // safe: console.log → logger.info
  logger.info({ count }, 'say "hi" now')
  // review: `one` is a number: JSON keeps it, but for NaN and infinities
  ;[id].forEach((one) => logger.info({ one }, "one"))
}
