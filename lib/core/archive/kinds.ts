/** Kinds of files that are no text, by their first bytes. `key` is a word of report/notices. */
type Magic = { readonly key: string; readonly bytes: readonly number[]; readonly at?: number }

const archives: readonly Magic[] = [
  { key: 'archive-7z', bytes: [0x37, 0x7a, 0xbc, 0xaf] },
  { key: 'archive-rar', bytes: [0x52, 0x61, 0x72, 0x21] },
  { key: 'archive-bzip2', bytes: [0x42, 0x5a, 0x68] },
  { key: 'archive-xz', bytes: [0xfd, 0x37, 0x7a, 0x58] },
  { key: 'archive-cab', bytes: [0x4d, 0x53, 0x43, 0x46] },
  { key: 'archive-tar', bytes: [0x75, 0x73, 0x74, 0x61, 0x72], at: 257 },
  { key: 'archive-zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
]

const documents: readonly Magic[] = [
  { key: 'file-pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { key: 'file-office', bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
  { key: 'file-picture', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { key: 'file-picture', bytes: [0xff, 0xd8, 0xff] },
  { key: 'file-event-log', bytes: [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65, 0x00] },
  { key: 'file-rtf', bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66] },
]

const fits = (b: Uint8Array, m: Magic): boolean => m.bytes.every((v, i) => b[(m.at ?? 0) + i] === v)

export const isGzip = (b: Uint8Array): boolean => b[0] === 0x1f && b[1] === 0x8b

/** Archives that are not unpacked, by name. */
export const archiveKind = (b: Uint8Array): string | undefined => archives.find((m) => fits(b, m))?.key

/** A SEQUENCE with two bytes of length whose first element is the INTEGER 3 is a PFX (RFC 7292); with 30 and A0, a certificate. */
function derKind(b: Uint8Array): string | undefined {
  if (b[0] !== 0x30 || (b[1] ?? 0) < 0x80) return undefined
  const at = 2 + ((b[1] ?? 0) & 0x7f)
  if (b[at] === 2 && b[at + 1] === 1 && b[at + 2] === 3) return 'file-pfx'
  return b[at] === 0x30 && [0xa0, 0x02].includes(b[at + 4] ?? 0) ? 'certificate' : undefined
}

/** Documents, pictures and the like. */
export const documentKind = (b: Uint8Array): string | undefined => documents.find((m) => fits(b, m))?.key ?? derKind(b)

/** What a zip archive is if its members say so: Office files are archives as well. */
export function officeKind(names: readonly string[]): string | undefined {
  if (!names.includes('[Content_Types].xml')) return undefined
  if (names.some((n) => n.startsWith('xl/'))) return 'file-xlsx'
  if (names.some((n) => n.startsWith('word/'))) return 'file-docx'
  return 'file-office'
}
