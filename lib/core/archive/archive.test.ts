import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../limits'
import { readSource } from '../read-source'
import { openSources } from '../sources'
import { makeZip, type ZipMember } from '../testing/make-zip'

const relay = 'Identity       : EX01\\Relay\nBindings       : {0.0.0.0:25}\nRemoteIPRanges : {10.0.0.1}\n'
const good: ZipMember = { name: 'ex01/receive.txt', content: relay }

function read(bytes: Uint8Array, limits = defaultLimits) {
  return openSources([{ name: 'a.zip', bytes }], limits)
    .map((s) => readSource(s))
    .map((r) => [r.source.name, r.status, ...r.notices.map((n) => n.params?.reason ?? n.code)])
}

describe('zip', () => {
  it('gives every file as a source of its own', () => {
    expect(
      read(
        makeZip([
          good,
          { name: 'b.txt', content: relay, stored: true },
          { name: 'folder/', content: '' },
          { name: '__MACOSX/._b.txt', content: 'x' },
        ]),
      ),
    ).toEqual([
      ['a.zip', 'parsed'],
      ['a.zip!/b.txt', 'parsed'],
      ['a.zip!/ex01/receive.txt', 'parsed'],
    ])
  })

  it('reads what another writer wrote', () => {
    expect(read(zipSync({ 'ex01/receive.txt': new TextEncoder().encode(relay) }))).toEqual([
      ['a.zip', 'parsed'],
      ['a.zip!/ex01/receive.txt', 'parsed'],
    ])
  })

  it('takes a symbolic link for the text that it holds', () => {
    const target = new TextEncoder().encode('/etc/passwd')
    const bytes = zipSync({ 'link.txt': [target, { os: 3, attrs: (0o120777 << 16) >>> 0 }] })
    const opened = openSources([{ name: 'a.zip', bytes }], defaultLimits)
    expect(JSON.stringify(opened)).not.toContain('root:')
    expect(opened.map((s) => readSource(s)).map((r) => [r.source.name, r.source.bytes])).toEqual([
      ['a.zip', bytes.length],
      ['a.zip!/link.txt', target.length],
    ])
  })

  const bomb = new Uint8Array(3_000_000)
  it.each<[string, ZipMember, string]>([
    ['a path upwards', { name: '../../etc/cron.txt', content: relay }, 'unsafe-path'],
    ['a path upwards with backslashes', { name: 'a\\..\\..\\b.txt', content: relay }, 'unsafe-path'],
    ['an absolute path', { name: '/etc/passwd', content: relay }, 'unsafe-path'],
    ['a drive', { name: 'C:\\x.txt', content: relay }, 'unsafe-path'],
    ['an encrypted file', { name: 'x.txt', content: relay, encrypted: true }, 'encrypted'],
    ['an archive inside', { name: 'x.zip', content: makeZip([good]) }, 'nested-archive'],
    ['a gzip inside', { name: 'x.gz', content: Uint8Array.of(0x1f, 0x8b, 8, 0) }, 'nested-archive'],
    ['a bomb', { name: 'x.txt', content: bomb }, 'ratio-exceeded'],
    ['a bomb that claims to be small', { name: 'x.txt', content: bomb, claimedSize: 100 }, 'wrong-size'],
    ['a header that claims too much', { name: 'x.txt', content: relay, claimedSize: 5000 }, 'wrong-size'],
    ['a wrong checksum', { name: 'x.txt', content: relay, claimedCrc: 1 }, 'wrong-checksum'],
    ['another method', { name: 'x.txt', content: relay, method: 14 }, 'unknown-method'],
  ])('refuses %s by name, and reads the others', (_, bad, reason) => {
    const rows = read(makeZip([good, bad]))
    expect(rows).toContainEqual([`a.zip!/${bad.name.replaceAll('\\', '/')}`, 'refused', reason])
    expect(rows).toContainEqual(['a.zip!/ex01/receive.txt', 'parsed'])
  })

  it('has limits for number and size', () => {
    const many = makeZip(Array.from({ length: 8 }, (_, i) => ({ name: `${i}.txt`, content: relay })))
    const rows = read(many, { ...defaultLimits, archiveMembers: 5 })
    expect(rows).toEqual([['a.zip', 'refused', 'too-many-members']]) // a part of them would pass for all
    const folders = Array.from({ length: 8 }, (_, i) => ({ name: `f${i}/`, content: '' }))
    const roomy = read(makeZip([...folders, good]), { ...defaultLimits, archiveMembers: 1 })
    expect(roomy.map((r) => r[1])).toEqual(['parsed', 'parsed'])
    expect(read(makeZip([...folders, good, ...folders]), { ...defaultLimits, archiveMembers: 1 })).toHaveLength(1)
    expect(read(makeZip([good]), { ...defaultLimits, fileBytes: 50, auditBytes: 10_000 })[0]).toEqual([
      'a.zip',
      'refused',
      'too-large',
    ])
    const two = makeZip([
      { name: 'a.txt', content: relay },
      { name: 'b.txt', content: relay },
    ])
    expect(read(two, { ...defaultLimits, auditBytes: two.length + relay.length + 1 }).map((r) => r[1])).toEqual([
      'parsed',
      'parsed',
      'refused',
    ])
  })

  it('refuses an archive without a directory', () => {
    const bytes = makeZip([good])
    expect(read(bytes.subarray(0, bytes.length - 30))).toEqual([['a.zip', 'refused', 'damaged']])
  })

  it('survives any damage', () => {
    const bytes = makeZip([good, { name: 'b.txt', content: relay }])
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(bytes.length),
        (edits, cut) => {
          const damaged = bytes.slice()
          for (const [at, byte] of edits) damaged[at] = byte
          read(damaged)
          read(bytes.subarray(0, cut))
          return true
        },
      ),
      { numRuns: 500 },
    )
  })

  it('unpacks a member when it is needed, from bytes that are fetched', () => {
    const bytes = makeZip([good])
    let fetched = 0
    const fetch = () => {
      fetched++
      return bytes
    }
    const [, member] = openSources([{ name: 'a.zip', bytes: fetch }], defaultLimits)
    expect(member && readSource(member).status).toBe('parsed')
    expect(fetched).toBe(1)
  })
})
