import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeSerializationData } from '../../testing/make-serialization-data'
import { fromSerializationData, namesPrivateKey } from './certificate'
import { readNrbf, unsigned } from './nrbf'

const base = { services: 17, status: 1, rootCAType: 3, identity: 'EX01.contoso.com\\AB', hasPrivateKey: true }
const read = (bytes: Uint8Array) =>
  Object.fromEntries(
    fromSerializationData({ text: Buffer.from(bytes).toString('base64'), lines: [1, 1] }).map((p) => [p.name, p.text]),
  )

describe('SerializationData', () => {
  it.each([false, true])('tells services, status, authority, server and key; signed: %s', (signed) => {
    expect(read(makeSerializationData({ ...base, signed }))).toEqual({
      Services: '17',
      Status: '1',
      RootCAType: '3',
      Identity: 'EX01.contoso.com\\AB',
      HasPrivateKey: 'True',
      PrivateKeyExportable: 'False',
    })
  })

  it('tells the friendly name, which may be empty', () => {
    expect(read(makeSerializationData({ ...base, friendlyName: 'Größe 2026' })).FriendlyName).toBe('Größe 2026')
    expect(read(makeSerializationData({ ...base, friendlyName: '' })).FriendlyName).toBe('')
    expect(read(makeSerializationData(base))).not.toHaveProperty('FriendlyName')
  })

  it('knows a certificate without its key', () => {
    expect(read(makeSerializationData({ ...base, hasPrivateKey: false }))).toMatchObject({ HasPrivateKey: 'False' })
    expect(namesPrivateKey(Uint8Array.of(1, 2, 3))).toBeUndefined()
  })

  it('says nothing about what it cannot read', () => {
    expect(read(Uint8Array.of(1, 2, 3))).toEqual({})
    const bytes = makeSerializationData(base)
    for (let cut = 0; cut < bytes.length - 1; cut++)
      expect(readNrbf(bytes.subarray(0, cut))?.root?.members.get('Identity')).toBeUndefined()
  })

  it('never throws and always ends on damaged bytes', () => {
    const bytes = makeSerializationData(base)
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 5 }), (edits) => {
        const damaged = bytes.slice()
        for (const [at, byte] of edits) damaged[at] = byte
        read(damaged)
        return true
      }),
      { numRuns: 2000 },
    )
  })

  it('stops at its limits', () => {
    const nested = [0, ...Array(16).fill(0), ...Array.from({ length: 5000 }, () => [16, 1, 0, 0, 0, 1, 0, 0, 0]).flat()]
    expect(readNrbf(Uint8Array.from(nested))).toBeUndefined()
    expect(
      readNrbf(Uint8Array.from([0, ...Array(16).fill(0), 6, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x7f])),
    ).toBeUndefined()
    expect(readNrbf(new Uint8Array(300_000))).toBeUndefined()
    expect(unsigned(Uint8Array.from([0x23, 0x73, 0x69, 0x67, 0x23, 0xff, 0xff, 0xff, 0xff]))).toHaveLength(9)
  })
})
