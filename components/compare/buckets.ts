import type { Comparison } from '@/lib/core'

/** What can have become of a finding, what asks for something first. Those that are the same are counted only. */
export const buckets = ['new', 'worse', 'noLongerAssessed', 'newlyAssessed', 'better', 'fixed'] as const
export type Bucket = (typeof buckets)[number]

export const countOf = (findings: Comparison['findings'], bucket: Bucket): number => findings[bucket].length
