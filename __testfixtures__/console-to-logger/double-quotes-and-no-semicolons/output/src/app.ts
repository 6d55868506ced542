import { logger } from "./logger"

export function show(id: number, count: number): void {
  // safe: console.log → logger.info
  logger.info({ id }, "it's")
  // safe: console.log → logger.info
  logger.info({ count }, 'say "hi" now')
  // safe: console.log → logger.info
  ;[id].forEach((one) => logger.info({ one }, "one"))
}
