import type { CollectionName, ConfigObject } from '../model'
import type { ObjectRef } from '../rules/define-rule'
import { oncePerObject } from './once'

const kinds: Readonly<Record<CollectionName, string>> = {
  receiveConnectors: 'receiveConnector',
  sendConnectors: 'sendConnector',
  certificates: 'certificate',
  inboundConnectors: 'inboundConnector',
  outboundConnectors: 'outboundConnector',
  acceptedDomains: 'acceptedDomain',
  remoteDomains: 'remoteDomain',
  servers: 'server',
  hybridConfigurations: 'hybridConfiguration',
  adPermissions: 'adPermission',
  transportConfigs: 'transportConfig',
  transportServices: 'transportService',
  transportRules: 'transportRule',
  edgeSubscriptions: 'edgeSubscription',
  organizationConfigs: 'organizationConfig',
  blockedConnectors: 'blockedConnector',
  outboundSpamPolicies: 'outboundSpamPolicy',
  onPremisesOrganizations: 'onPremisesOrganization',
  authConfigs: 'authConfig',
}

/** How findings refer to an object. */
export const refOf = oncePerObject(
  (o: ConfigObject): ObjectRef => ({ kind: kinds[o.collection], id: o.id, server: o.server }),
)

/**
 * The name without the server's own name, lower case: `Default Frontend EX01` and `Default Frontend EX02` are one connector on two
 * servers. A name that is nothing but the server's stays as it is.
 */
export function cloneKey(o: ConfigObject): string {
  const name = o.name.trim().toLowerCase()
  const server = o.server?.toLowerCase().split('.')[0] ?? ''
  if (server === '') return name
  const at = wholeWord(name, server)
  if (at < 0) return name
  const rest = `${name.slice(0, at)} ${name.slice(at + server.length)}`.replace(/\(\s*\)|\[\s*\]/g, ' ')
  return rest.replace(/\s+/g, ' ').replace(/^[\s_-]+|[\s_-]+$/g, '') || name
}

function wholeWord(text: string, word: string): number {
  const isPart = (c: string) => /[\p{L}\p{N}]/u.test(c)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!isPart(text.charAt(at - 1)) && !isPart(text.charAt(at + word.length))) return at
  return -1
}
