import {
  archiveKind,
  documentKind,
  type Entry,
  isGzip,
  isZip,
  officeKind,
  type Refusal,
  readDirectory,
  refused,
  type Unpacked,
  unpack,
} from './archive'

const advice: Readonly<Record<string, string>> = {
  'file-xlsx': 'advice-spreadsheet',
  'file-docx': 'advice-document',
  'file-rtf': 'advice-document',
  'file-pdf': 'advice-document',
  'file-office': 'advice-document',
  certificate: 'advice-certificate',
}

export const documentRefusal = (kind: string): Refusal =>
  kind === 'file-pfx'
    ? { code: 'private-key-refused', params: { kind } }
    : { code: 'document-refused', params: { kind, advice: advice[kind] ?? 'advice-export' } }

/** What bytes are that hold no text to read, by name; undefined for text, and for what nobody knows. */
export function refusalOf(bytes: Uint8Array): Refusal | undefined {
  const archive = archiveKind(bytes)
  if (archive !== undefined) return refused(archive).refusal
  const document = documentKind(bytes)
  return document === undefined ? undefined : documentRefusal(document)
}

const MEMBERS_LOOKED_AT = 1000

/** A member of a zip archive. Archives inside are refused; Office files, which are archives too, by their own name. */
export function unpackMember(archive: Uint8Array, entry: Entry): Unpacked {
  const unpacked = unpack(archive, entry)
  if ('refusal' in unpacked) return unpacked
  const { bytes } = unpacked
  if (isZip(bytes)) {
    const names = readDirectory(bytes, MEMBERS_LOOKED_AT)?.entries.map((e) => e.name) ?? []
    const office = officeKind(names)
    return office === undefined ? refused('nested-archive') : { refusal: documentRefusal(office) }
  }
  return isGzip(bytes) || archiveKind(bytes) !== undefined ? refused('nested-archive') : unpacked
}

/**
 * Files that tools of Exchange administrators write beside what is read (CSS-Exchange, HealthChecker), and the keys of pseudonyms,
 * the collection script's and those of `postern redact`, which are not for us.
 */
const NOT_NEEDED =
  /(?:^|\/)(?:HealthChecker-(?:ExchangeDCCoreRatio-[^/]{0,80}\.xml|Debug[^/]{0,80}\.txt)|Postern-[^/]{0,80}-key\.json|key\.json)$/i

export const isNotNeeded = (name: string): boolean => NOT_NEEDED.test(name)

const PRIVATE_KEY = /^-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY-----/m
const HEAD_CHARS = 65_536

export const holdsPrivateKey = (text: string): boolean => PRIVATE_KEY.test(text.slice(0, HEAD_CHARS))
