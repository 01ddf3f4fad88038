import { describe, expect, it } from 'vitest'
import { addressResult, clockOffset } from './measure'

describe('the address in use', () => {
  const own = 'https://postern.contoso.com'
  it.each([
    ['http://127.0.0.1:3000', null, 'addressLocal'],
    ['http://localhost:3000', null, 'addressLocal'],
    ['http://[::1]:3000', null, 'addressLocal'],
    ['http://postern.contoso.com', null, 'addressPlain'],
    ['http://postern.contoso.com', 'http://postern.contoso.com', 'addressPlain'],
    ['http://localhost.contoso.com', null, 'addressPlain'],
    [own, null, 'addressUnset'],
    [own, own, 'addressGood'],
    ['https://10.1.2.3', own, 'addressOther'],
    ['https://postern.contoso.com:8443', own, 'addressOther'],
    ['http://localhost:3000', own, 'addressAside'],
    [own, 'http://postern.contoso.com', 'addressOther'],
    ['http://localhost:3000', 'http://localhost:3000', 'addressGood'],
  ])('%s with %s is %s', (used, publicUrl, result) => expect(addressResult(used, publicUrl)).toBe(result))
})

describe('two clocks', () => {
  it.each([
    [1000, 1500, 2000, 0],
    [1000, 32_000, 2000, 0],
    [1000, 92_400, 2000, 90],
    [100_000, 9_600, 101_000, -90],
    [100_000, 171_000, 220_000, 0], // a slow answer says nothing
  ])('asked at %i, the server says %i, answered at %i: %i s', (sent, server, received, seconds) =>
    expect(clockOffset(sent, server, received)).toBe(seconds))
})
