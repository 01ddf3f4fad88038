/** What an audit takes in at most. Bytes; `archiveRatio` is unpacked size to packed size. */
export type Limits = {
  readonly fileBytes: number
  readonly auditBytes: number
  readonly archiveMembers: number
  readonly archiveRatio: number
}

export const defaultLimits: Limits = {
  fileBytes: 200 * 1024 ** 2,
  auditBytes: 1024 ** 3,
  archiveMembers: 1000,
  archiveRatio: 100,
}
