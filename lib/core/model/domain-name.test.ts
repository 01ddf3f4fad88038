import { describe, expect, it } from 'vitest'
import { domainKey } from './domain-name'

describe('domains as they are compared', () => {
  it.each([
    ['Contoso.COM', 'contoso.com'],
    [' *.Contoso.com ', '*.contoso.com'],
    ['xn--bcher-kva.example', 'bücher.example'],
    ['XN--BCHER-KVA.Example', 'bücher.example'],
    ['BÜCHER.example', 'bücher.example'],
    ['bu\u0308cher.example', 'bücher.example'],
    ['*.xn--bcher-kva.example', '*.bücher.example'],
    ['bücher。example', 'bücher.example'],
    ['xn--strae-oqa.example', 'straße.example'],
    // samples of RFC 3492, section 7.1
    ['xn--ihqwcrb4cv8a8dqg056pqjye', '他们为什么不说中文'],
    ['xn--egbpdaj6bu4bxfgehfvwxn', 'ليهمابتكلموشعربي؟'],
    ['xn--3B-ww4c5e180e575a65lsy2b', '3年b組金八先生'],
    ['xn--d9juau41awczczp', 'そのスピードで'],
  ])('%s', (text, key) => expect(domainKey(text)).toBe(key))

  it.each([
    'xn--',
    'xn--ä.example',
    'xn--!.example',
    'xn--99999999999.example',
    'xn---',
    'xn--contoso-',
    'xn--contoso-.com',
    '',
  ])('what is no Punycode stays: %j', (text) => expect(domainKey(text)).toBe(text))
})
