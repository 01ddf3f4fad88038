import { describe, expect, it } from 'vitest'
import { headBytes, isForeign } from './foreign'
import { inspect } from './inspect'
import { defaultLimits } from './limits'
import type { AuditFile } from './source'
import { printList } from './testing/print-list'

const prose = 'It was a dark and stormy night; the rain fell in torrents.\r\n'
const listed = `[PS] C:\\>Get-ReceiveConnector | fl\n\n${printList([
  [
    ['Identity', 'EX01\\Relay'],
    ['Bindings', '{0.0.0.0:25}'],
    ['RemoteIPRanges', '{10.0.0.1}'],
  ],
])}`
const long = (part: string) => new TextEncoder().encode(part.repeat(Math.ceil((headBytes * 1.5) / part.length)))
const utf16 = (bytes: Uint8Array) => new Uint8Array([0xff, 0xfe, ...[...bytes].flatMap((b) => [b, 0])])
const one = (file: AuditFile) => inspect(file, defaultLimits)[0]

const files: readonly (readonly [string, Uint8Array, boolean])[] = [
  ['prose', long(prose), true],
  ['prose in UTF-16', utf16(long(prose)), true],
  ['a picture', long('\u0001\u0002\u0003\u0004'), true],
  ['gzip', new Uint8Array(headBytes * 2).fill(7).map((b, i) => [0x1f, 0x8b][i] ?? b), false],
  ['7z', new Uint8Array(headBytes * 2).fill(7).map((b, i) => [0x37, 0x7a, 0xbc, 0xaf][i] ?? b), true],
  ['zip', new Uint8Array(headBytes * 2).map((_, i) => [0x50, 0x4b, 3, 4][i] ?? 0), false],
  ['blank lines', long('\r\n'), false],
  ['an export', long(listed), false],
  ['an export behind prose', new Uint8Array([...new TextEncoder().encode(prose.repeat(500)), ...long(listed)]), false],
]

describe('a large file is told by its head', () => {
  it.each(files)('%s', (name, bytes, expected) => expect(isForeign(bytes.subarray(0, headBytes), name)).toBe(expected))

  it('is not told by a head that is shorter than what detectors see', () =>
    expect(isForeign(new TextEncoder().encode(prose), 'a')).toBe(false))

  it('does not ask for the rest, and says what it says of the whole', () => {
    const bytes = long(prose)
    const rest = { name: 'book.txt', size: bytes.length, sha256: 'ab'.repeat(32) }
    const head = () => bytes.subarray(0, headBytes)
    const refuse = () => {
      throw new Error('the whole file was read')
    }
    const told = one({ ...rest, bytes: refuse, head })
    expect(told).toMatchObject({ status: 'unknown-format', bytes: bytes.length, sha256: rest.sha256 })
    expect(told).toEqual(one({ ...rest, bytes }))
    expect(() => one({ ...rest, bytes: refuse, head: () => long(listed).subarray(0, headBytes) })).toThrow('whole')
  })
})
