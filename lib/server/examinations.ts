import 'server-only'
import type { Examination, ReportSource } from '@/lib/core'
import { unpack } from './pack'

const nothing: Examination = { sources: [], servers: {}, settled: {}, excerpts: [], repairs: [] }

/** What was found in an upload, as our own worker packed it. An earlier version packed the sources alone. */
export async function examinationOf(packed: Uint8Array | null): Promise<Examination> {
  if (!packed) return nothing
  const found = (await unpack(packed)) as Examination | readonly ReportSource[]
  return 'sources' in found ? found : { ...nothing, sources: found }
}

/** Only protocol logs: they say nothing about the configuration that another file could contradict. */
export const isLog = (sources: readonly ReportSource[]): boolean => {
  const blocks = sources.flatMap((s) => s.blocks)
  return blocks.length > 0 && blocks.every((b) => b.format === 'smtp-log')
}
