import { gzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../limits'
import { readSource } from '../read-source'
import { noticeText } from '../report/notices'
import { openSources } from '../sources'
import { makeZip } from '../testing/make-zip'
import { crc32 } from './crc32'

const utf8 = (s: string) => new TextEncoder().encode(s)
const relay = 'Identity       : EX01\\Relay\nBindings       : {0.0.0.0:25}\nRemoteIPRanges : {10.0.0.1}\n'
const read = (name: string, bytes: Uint8Array, limits = defaultLimits) =>
  openSources([{ name, bytes }], limits).map((s) => readSource(s))
const rows = (name: string, bytes: Uint8Array, limits = defaultLimits) =>
  read(name, bytes, limits).map((r) => [r.source.name, r.status, ...r.notices.map((n) => n.params?.reason ?? n.code)])
const padded = (...head: readonly number[]) => Uint8Array.from({ length: 600 }, (_, i) => head[i] ?? 65)
const at257 = (text: string) => {
  const out = new Uint8Array(1024)
  out.set(utf8(text), 257)
  return out
}

describe('gzip', () => {
  it('gives its one file', () => {
    expect(rows('logs/x.txt.gz', gzipSync(utf8(relay)))).toEqual([
      ['logs/x.txt.gz', 'parsed'],
      ['logs/x.txt.gz!/x.txt', 'parsed'],
    ])
    const named = gzipSync(utf8(relay), { filename: 'other.txt', mtime: 0 })
    expect(read('x.gz', named)[1]).toMatchObject({ source: { name: 'x.gz!/x' }, blocks: [{ objects: [{}] }] })
    expect(read('x.gz', named)[0]?.encoding).toBe('gzip')
  })

  it.each<[string, (b: Uint8Array) => Uint8Array, string]>([
    ['a size that is not true', (b) => b.fill(9, b.length - 4, b.length - 3), 'wrong-size'],
    ['a wrong checksum', (b) => b.fill(9, b.length - 8, b.length - 4), 'wrong-checksum'],
    ['a cut', (b) => b.subarray(0, 12), 'damaged'],
    ['two files in a row', (b) => Uint8Array.from([...b, ...gzipSync(utf8('x'))]), 'wrong-size'],
  ])('refuses %s', (_, change, reason) => {
    expect(rows('x.txt.gz', change(gzipSync(utf8(relay))))[1]).toEqual(['x.txt.gz!/x.txt', 'refused', reason])
  })

  it('has the limits of other archives', () => {
    const bomb = gzipSync(new Uint8Array(3_000_000))
    expect(rows('x.gz', bomb)[1]?.slice(1)).toEqual(['refused', 'ratio-exceeded'])
    expect(rows('x.gz', gzipSync(utf8(relay.repeat(20))), { ...defaultLimits, fileBytes: 500 })[1]?.slice(1)).toEqual([
      'refused',
      'too-large',
    ])
    const liar = bomb.slice()
    liar.set([1, 0, 0, 0], liar.length - 4)
    expect(rows('x.gz', liar)[1]?.slice(1)).toEqual(['refused', 'wrong-size'])
  })
})

describe('names in a zip', () => {
  it('may be in the OEM page of Windows', () => {
    const bytes = makeZip([{ name: 'Empfang f?r Au?en.txt', content: relay }])
    const spots = [...bytes.keys()].filter((i) => bytes[i] === 0x3f)
    spots.forEach((at, i) => {
      bytes[at] = i % 2 === 0 ? 0x81 : 0xe1
    })
    expect(rows('a.zip', bytes)[1]?.[0]).toBe('a.zip!/Empfang für Außen.txt')
  })

  it('that systems add for themselves are passed over', () => {
    const junk = ['__MACOSX/x', 'a/.DS_Store', 'a/Thumbs.db', 'a\\desktop.ini', '._x'].map((name) => ({
      name,
      content: 'x',
    }))
    expect(rows('a.zip', makeZip([...junk, { name: 'r.txt', content: relay }])).map((r) => r[0])).toEqual([
      'a.zip',
      'a.zip!/r.txt',
    ])
  })
})

/** The same archive with the sizes of its one member in the zip64 fields, and with the zip64 end records. */
function makeZip64(name: string, content: string): Uint8Array {
  const data = utf8(content)
  const [n, size] = [utf8(name), data.length]
  const out: number[] = []
  const u = (value: number, bytes: number) => {
    for (let i = 0; i < bytes; i++) out.push(Math.floor(value / 256 ** i) % 256)
  }
  const fields = (all: boolean) => {
    u(0, 2)
    u(0, 2)
    u(0, 4)
    u(crc32(data), 4)
    u(all ? 0xffffffff : size, 4)
    u(all ? 0xffffffff : size, 4)
    u(n.length, 2)
  }
  u(0x04034b50, 4)
  u(45, 2)
  fields(false)
  u(0, 2)
  out.push(...n, ...data)
  const central = out.length
  u(0x02014b50, 4)
  u(45, 2)
  u(45, 2)
  fields(true)
  u(28, 2)
  u(0, 2)
  u(0, 2)
  u(0, 2)
  u(0, 4)
  u(0xffffffff, 4)
  out.push(...n)
  u(1, 2)
  u(24, 2)
  u(size, 8)
  u(size, 8)
  u(0, 8)
  const end64 = out.length
  u(0x06064b50, 4)
  u(44, 8)
  u(45, 2)
  u(45, 2)
  u(0, 8)
  u(1, 8)
  u(1, 8)
  u(end64 - central, 8)
  u(central, 8)
  u(0x07064b50, 4)
  u(0, 4)
  u(end64, 8)
  u(1, 4)
  u(0x06054b50, 4)
  u(0, 4)
  u(0xffff, 2)
  u(0xffff, 2)
  u(0xffffffff, 4)
  u(0xffffffff, 4)
  u(0, 2)
  return Uint8Array.from(out)
}

it('zip64 is read', () => {
  expect(rows('a.zip', makeZip64('r.txt', relay))).toEqual([
    ['a.zip', 'parsed'],
    ['a.zip!/r.txt', 'parsed'],
  ])
})

const office = (part: string) =>
  makeZip([
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: part, content: '<x/>' },
  ])
const pfx = padded(0x30, 0x82, 9, 0x60, 2, 1, 3, 0x30, 0x82)
const pem = utf8(`Bag Attributes\n  friendlyName: x\n-----BEGIN ENCRYPTED ${'PRIVATE'} KEY-----\nMIIB\n`)

describe('what is no text', () => {
  it.each<[string, Uint8Array, string, string]>([
    ['a.7z', padded(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c), 'archive-refused', '7z'],
    ['a.rar', padded(0x52, 0x61, 0x72, 0x21, 0x1a, 7), 'archive-refused', 'RAR'],
    ['a.cab', padded(0x4d, 0x53, 0x43, 0x46), 'archive-refused', 'CAB'],
    ['a.tar', at257('ustar'), 'archive-refused', 'tar'],
    ['a.pdf', padded(...utf8('%PDF-1.7')), 'document-refused', 'PDF'],
    ['a.png', padded(0x89, 0x50, 0x4e, 0x47), 'document-refused', 'a picture'],
    ['a.msg', padded(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), 'document-refused', 'Outlook'],
    ['a.evtx', padded(...utf8('ElfFile\0')), 'document-refused', 'event log'],
    ['a.xlsx', office('xl/workbook.xml'), 'document-refused', 'Excel'],
    ['a.docx', office('word/document.xml'), 'document-refused', 'Word'],
    ['a.cer', padded(0x30, 0x82, 5, 0, 0x30, 0x82, 4, 0, 0xa0, 3), 'document-refused', 'certificate'],
    ['a.pfx', pfx, 'private-key-refused', 'PFX'],
    ['a.pem', pem, 'private-key-refused', 'PEM'],
  ])('%s is refused by name, alone and in an archive, with what would help', (name, bytes, code, word) => {
    const inside = makeZip([
      { name, content: bytes },
      { name: 'r.txt', content: relay },
    ])
    for (const results of [read(name, bytes), read('a.zip', inside)]) {
      const of = results.find((r) => r.source.name.endsWith(name))
      expect([of?.status, of?.notices.length, of?.blocks]).toEqual(['refused', 1, []])
      const [notice] = of?.notices ?? []
      if (notice === undefined || (results.length > 1 && code === 'archive-refused')) continue // an archive inside
      expect(notice.code).toBe(code)
      for (const lang of ['en', 'de'] as const) {
        const { message, remedy } = noticeText(notice, lang)
        expect(message + remedy).not.toMatch(/[{}]|advice-|file-|archive-[a-z0-9]/)
        if (lang === 'en') expect(message).toContain(word)
      }
    }
  })

  it('a spreadsheet is better saved as CSV, a private key is not uploaded at all', () => {
    const remedy = (name: string, bytes: Uint8Array) => {
      const notice = read(name, bytes)[0]?.notices[0]
      return notice && noticeText(notice, 'en').remedy
    }
    expect(remedy('a.xlsx', office('xl/workbook.xml'))).toMatch(/CSV.+Export-Clixml/)
    expect(remedy('a.pfx', pfx)).toContain('Never upload private keys')
  })

  it('files of other tools are left out by name', () => {
    const names = [
      'x/HealthChecker-ExchangeDCCoreRatio-20261121.xml',
      'HealthChecker-Debug-2026.txt',
      'Postern-edge-1-key.json',
    ]
    for (const name of names) {
      const [r] = read(name, utf8(relay))
      expect([name, r?.status, r?.notices.map((n) => [n.code, n.level])]).toEqual([
        name,
        'refused',
        [['not-needed', 'info']],
      ])
    }
    expect(read('HealthChecker-EX01-2026.xml', utf8(relay))[0]?.status).toBe('parsed')
  })
})
