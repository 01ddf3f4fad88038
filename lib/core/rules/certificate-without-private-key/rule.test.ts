import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  certificate,
  certificateExport,
  hybridConfiguration,
  judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const bare = certificate({ HasPrivateKey: 'False', Services: 'None' })
const bound = certificate({ HasPrivateKey: 'False' })
const on = (...c: readonly Record<string, string>[]) => certificateExport('EX01', ...c)
const nothing = `${receiveExport(receiveConnector())}${sendExport()}`
const PAIR = '<I>CN=Public CA G1<S>CN=mail.contoso.com'

it.each([
  ['bound to SMTP', on(bound), 'smtp'],
  ['named by a send connector', `${sendExport(sendConnector())}${on(bare)}`, 'connector'],
  [
    'named by a receive connector',
    `${receiveExport(receiveConnector({ TlsCertificateName: PAIR }))}${on(bare)}`,
    'connector',
  ],
  [
    'named by the hybrid configuration',
    `${nothing}${hybridConfiguration({ TlsCertificateName: PAIR })}${on(bare)}`,
    'hybrid',
  ],
  ['used by nothing', `${nothing}${on(bare)}`, 'pass'],
  ['bound to IIS only', `${nothing}${on({ ...bare, Services: 'IIS' })}`, 'pass'],
  ['named on another server', `${nothing.replace('{EX01}', '{EX02}')}${on(bare)}`, 'pass'],
  ['use unknown', on(bare), 'not-assessed'],
  ['services not printed', `${nothing}${on(withoutProperties(bound, 'Services'))}`, 'not-assessed'],
  ['key not printed', on(withoutProperties(bound, 'HasPrivateKey')), 'not-assessed'],
  ['key not printed, used by nothing', `${nothing}${on(withoutProperties(bare, 'HasPrivateKey'))}`, 'pass'],
  ['with key', on(certificate()), 'pass'],
  [
    'a server without export',
    `${sendExport(sendConnector({ SourceTransportServers: '{EX01, EX02}' }))}${on(certificate())}`,
    'not-assessed',
  ],
])('%s: %s', (_, text, expected) => {
  const judged = judge(rule, text)
  expect(judged.fails[0]?.params.via ?? judged.state).toBe(expected)
})

it.each([
  ['True', [], 'Export-ExchangeCertificate'],
  ['False', ['pfx-file'], 'ReadAllBytes'],
])('brings it from a server that has the key (%s), else asks for the file', (HasPrivateKey, placeholders, line) => {
  const text = `${on(bound)}${certificateExport('EX02', certificate({ HasPrivateKey }))}`
  const [first] = judge(rule, text).fails
  const fix = first && rule.fix([first], { config: configFrom(text), asOf: new Date(0), answers: {} })
  expect(fix?.placeholders.map((p) => p.name)).toEqual(placeholders)
  expect(fix?.steps[2]?.powershell).toContain(line)
})
