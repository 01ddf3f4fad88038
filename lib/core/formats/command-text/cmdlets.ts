import type { CollectionName } from '../../model'

/** Cmdlets that make or change what the model holds, by their noun; the objects they make are of these collections. */
const collectionOfNoun: Readonly<Record<string, CollectionName>> = {
  receiveconnector: 'receiveConnectors',
  sendconnector: 'sendConnectors',
  inboundconnector: 'inboundConnectors',
  outboundconnector: 'outboundConnectors',
  hybridconfiguration: 'hybridConfigurations',
  remotedomain: 'remoteDomains',
  accepteddomain: 'acceptedDomains',
  transportconfig: 'transportConfigs',
  transportservice: 'transportServices',
  transportserver: 'transportServices', // Exchange 2010 and 2013
  transportrule: 'transportRules',
  exchangecertificate: 'certificates',
  adpermission: 'adPermissions',
}

export type Cmdlet = { readonly name: string; readonly collection: CollectionName; readonly positional: string }

const NAME =
  '(?:(?:New|Set)-(?:(?:Receive|Send|Inbound|Outbound)Connector|HybridConfiguration|RemoteDomain|AcceptedDomain|Transport(?:Config|Service|Server|Rule))|Enable-ExchangeCertificate|Add-ADPermission)'

/** Every mention of one of them. What stands around it tells whether it is a command. */
export const mentions = (): RegExp => new RegExp(`(?<![\\w-])${NAME}(?![\\w-])`, 'gi')

export function cmdletOf(name: string): Cmdlet | undefined {
  const [verb = '', noun = ''] = name.toLowerCase().split('-')
  const collection = collectionOfNoun[noun]
  if (collection === undefined) return undefined
  // What stands first without a name: Microsoft Learn lists it as position 1 of each cmdlet.
  const positional = noun === 'exchangecertificate' ? 'Thumbprint' : verb === 'new' ? 'Name' : 'Identity'
  return { name, collection, positional }
}

/** Parameters that say how to run the command, not what to make (about_CommonParameters; -DomainController of Exchange). */
const RUNNING =
  /^(?:erroraction|ea|errorvariable|ev|warningaction|wa|warningvariable|wv|informationaction|outvariable|ov|outbuffer|ob|verbose|vb|debug|db|whatif|wi|confirm|cf|force|domaincontroller|donotrequiressl)$/i
export const isAboutRunning = (parameter: string): boolean => RUNNING.test(parameter)

/** Their values are passwords or lead to them: neither kept nor shown with the command. */
export const isSecret = (parameter: string): boolean => /credential|password|secret/i.test(parameter)

/** PowerShell takes the beginning of a parameter's name for the name; people write it for this one. */
export const parameterName = (name: string): string =>
  /^id(?:e|en|ent|enti|entit|entity)?$/i.test(name) ? 'Identity' : name
