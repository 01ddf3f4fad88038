/** What an audit takes in at most. Bytes, in the decimal megabytes that are shown; `archiveRatio` is unpacked size to packed size. */
export type Limits = {
  readonly fileBytes: number
  readonly auditBytes: number
  readonly archiveMembers: number
  readonly archiveRatio: number
}

/** What holds where nothing else is set. */
export const defaultLimits: Limits = {
  fileBytes: 200_000_000,
  auditBytes: 1_000_000_000,
  archiveMembers: 1000,
  archiveRatio: 100,
}
