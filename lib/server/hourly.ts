import 'server-only'
import { applyRetention } from './retention'
import { sweep } from './sweep'

const hourMs = 3_600_000
const shared = globalThis as { posternHourly?: NodeJS.Timeout | undefined }

/** What runs at start and once an hour; what fails is tried again an hour later. */
export async function runHourly(): Promise<void> {
  for (const work of [applyRetention, sweep])
    await work().catch((error: unknown) => console.error('[hourly] failed; tried again in an hour', error))
}

/** At start. */
export async function startHourly(): Promise<void> {
  await runHourly()
  shared.posternHourly ??= setInterval(() => void runHourly(), hourMs).unref()
}
