// Ten rules of the catalogue, as far as the organisation of the bench tells them apart, for Spectral and for json-rules-engine.

import spectralCore from '@stoplight/spectral-core'
import { Engine } from 'json-rules-engine'

const { Spectral } = spectralCore

const words = (text) =>
  String(text)
    .split(',')
    .map((w) => w.trim())
const has = (c, property, word) => words(c[property]).includes(word)
const listens = (c, port) => c.Bindings.some((b) => b.endsWith(`:${port}`))
const any = (c) => c.RemoteIPRanges.includes('0.0.0.0-255.255.255.255')
const anonymous = (c) => has(c, 'PermissionGroups', 'AnonymousUsers')
const front = (c) => c.TransportRole === 'FrontendTransport'

/** Rule → the listing it speaks about, and when an object of it fails. */
export const predicates = {
  'tarpit-disabled': ['receiveConnectors', (c) => c.TarpitInterval === '00:00:00' && anonymous(c) && any(c)],
  'basic-auth-without-tls': [
    'receiveConnectors',
    (c) => has(c, 'AuthMechanism', 'BasicAuth') && !has(c, 'AuthMechanism', 'BasicAuthRequireTLS') && !c.RequireTLS,
  ],
  'client-submission-without-tls': ['receiveConnectors', (c) => listens(c, 587) && !has(c, 'AuthMechanism', 'Tls')],
  'x-anonymoustls-suppressed': ['receiveConnectors', (c) => c.SuppressXAnonymousTls],
  'starttls-not-enabled': ['receiveConnectors', (c) => !listens(c, 587) && !has(c, 'AuthMechanism', 'Tls')],
  'auth-submission-on-port-25': [
    'receiveConnectors',
    (c) =>
      front(c) &&
      listens(c, 25) &&
      any(c) &&
      has(c, 'PermissionGroups', 'ExchangeUsers') &&
      (has(c, 'AuthMechanism', 'Integrated') || has(c, 'AuthMechanism', 'BasicAuth')),
  ],
  'require-tls-on-internet-connector': [
    'receiveConnectors',
    (c) => c.RequireTLS && listens(c, 25) && any(c) && anonymous(c),
  ],
  'ignore-starttls': ['sendConnectors', (c) => c.IgnoreSTARTTLS],
  'smart-host-basic-auth-cleartext': ['sendConnectors', (c) => c.SmartHostAuthMechanism === 'BasicAuth'],
  'certificate-without-private-key': ['certificates', (c) => !c.HasPrivateKey && has(c, 'Services', 'SMTP')],
}

/** Each rule a function of its own over `$.listing[*]`, as Spectral's documentation shows custom functions. */
export async function spectralRules(document) {
  const spectral = new Spectral()
  const rules = Object.fromEntries(
    Object.entries(predicates).map(([id, [listing, test]]) => [
      id,
      {
        given: `$.${listing}[*]`,
        severity: 'error',
        message: '{{error}}',
        // biome-ignore lint/suspicious/noThenProperty: that is what a rule of Spectral is made of
        then: { function: (object) => (test(object) ? [{ message: object.Id }] : undefined) },
      },
    ]),
  )
  spectral.setRuleset({ rules })
  const found = await spectral.run(document)
  return found.map((f) => `${f.code} ${f.message}`)
}

/** One engine with a rule for each, run over every object of its listing; the object is a fact. */
export async function jsonRules(document) {
  const found = []
  for (const listing of Object.keys(document)) {
    const engine = new Engine()
    engine.addOperator('fails', (object, id) => Boolean(predicates[id][1](object)))
    for (const [id, [of]] of Object.entries(predicates))
      if (of === listing)
        engine.addRule({ conditions: { all: [{ fact: 'object', operator: 'fails', value: id }] }, event: { type: id } })
    for (const object of document[listing]) {
      const { events } = await engine.run({ object })
      for (const e of events) found.push(`${e.type} ${object.Id}`)
    }
  }
  return found
}
