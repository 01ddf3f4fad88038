import { describe, expect, it } from 'vitest'
import { safePath, signInAddress } from './sign-in-address'

describe('safePath', () => {
  it.each(['/', '/a/7k2mq4', '/a/7k2mq4/findings?sev=high&q=a%20b', '/new?env=1'])('goes to %s', (to) =>
    expect(safePath(to)).toBe(to))
  it.each([
    '',
    null,
    undefined,
    'https://evil.example',
    'javascript:alert(1)',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/a\\b',
    '/\t/evil.example',
    '/\n/evil.example',
    ' /a',
    '/.//evil.example',
    '/a/..//evil.example',
    'a/b',
    `/${'a'.repeat(5000)}`,
  ])('does not go to %j', (to) => expect(safePath(to)).toBe('/'))
})

describe('signInAddress', () => {
  it('remembers where somebody wanted to go, with its query', () =>
    expect(signInAddress('/a/x/findings?sev=high&q=1')).toBe('/sign-in?to=%2Fa%2Fx%2Ffindings%3Fsev%3Dhigh%26q%3D1'))
  it('says nothing where it is the start', () => expect(signInAddress('/')).toBe('/sign-in'))
})
