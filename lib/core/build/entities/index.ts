import type { CollectionName, ConfigObject, ObjectOf } from '../../model'
import { certificate } from './certificates'
import { inboundConnector, outboundConnector, receiveConnector, sendConnector } from './connectors'
import { acceptedDomain, hybridConfiguration } from './domains'
import type { Make } from './make'
import { adPermission, exchangeServer } from './servers'

const plain: Make<ConfigObject> = (o) => o

export const makers: { readonly [K in CollectionName]: Make<ObjectOf[K]> } = {
  receiveConnectors: receiveConnector,
  sendConnectors: sendConnector,
  certificates: certificate,
  inboundConnectors: inboundConnector,
  outboundConnectors: outboundConnector,
  acceptedDomains: acceptedDomain,
  remoteDomains: plain,
  servers: exchangeServer,
  hybridConfigurations: hybridConfiguration,
  adPermissions: adPermission,
  transportConfigs: plain,
  transportServices: plain,
  transportRules: plain,
  edgeSubscriptions: plain,
  organizationConfigs: plain,
  blockedConnectors: plain,
  outboundSpamPolicies: plain,
  onPremisesOrganizations: plain,
  authConfigs: plain,
}
