import { describe, expect, it } from 'vitest'
import { parseAnswer, parseAnswers } from './answers'

describe('parseAnswer', () => {
  it.each([
    ['mx=gateway', 'mx', 'gateway'],
    ['mx:Contoso.com=on-premises', 'mx:contoso.com', 'on-premises'],
    ['gateway-next-hop=exchange-online', 'gateway-next-hop', 'exchange-online'],
    ['inbound-filter=no', 'inbound-filter', 'no'],
    ['firewall=restricted', 'firewall', 'restricted'],
    ['closed:ndb.example=Relay = 1', 'closed:ndb.example', 'Relay = 1'],
    ['closed:ndb.example=any', 'closed:ndb.example', 'any'],
    ['partner:fabrikam.com=yes', 'partner:fabrikam.com', 'yes'],
    ['confirmed:10.0.0.5=yes', 'confirmed:10.0.0.5', 'yes'],
    ['confirmed:fe80::1=yes', 'confirmed:fe80::1', 'yes'],
    ['server-network:10.0.0.0/24=yes', 'server-network:10.0.0.0/24', 'yes'],
    ['local-address:EX01=10.0.0.1', 'local-address:EX01', '10.0.0.1'],
    ['resolvable=all', 'resolvable', 'all'],
    ['tag:10.0.0.9=load-balancer', 'tag:10.0.0.9', 'load-balancer'],
  ])('%s', (text, key, value) => {
    expect(parseAnswer(text)).toEqual({ key, value })
  })

  it.each([
    'mx',
    '=x',
    'mx=elsewhere',
    'nonsense=1',
    'toString=1',
    'firewall:x=open',
    'tag=gateway',
    'tag:host=gateway',
    'confirmed:10.0.0.5=no',
    'local-address:EX01=host',
    'local-address:=10.0.0.1',
    'closed:x=',
    'partner:not a domain=yes',
    'server-network:10.0.0.0/99=yes',
  ])('refuses %s', (text) => {
    expect(parseAnswer(text)).toHaveProperty('error')
  })

  it('takes the last of a key', () => {
    expect(parseAnswers(['mx=gateway', 'mx=on-premises'])).toEqual({ answers: { mx: 'on-premises' } })
  })
})
