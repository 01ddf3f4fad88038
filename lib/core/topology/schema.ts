import { z } from 'zod'
import { collections } from '../model/collections'
import { severities } from '../rules/define-rule'

/** Lanes from left to right. A lane is a layer of trust, so its place never changes. */
export const laneIds = ['outside', 'gateways', 'edge', 'mailbox', 'cloud'] as const

/** What a card stands for. The plural kinds are groups that stand for several. */
export const cardKinds = [
  'internet',
  'partner',
  'partners',
  'app',
  'apps',
  'outside-app',
  'outside-apps',
  'clients',
  'unknown-senders',
  'gateway',
  'gateways',
  'edge',
  'edges',
  'site',
  'sites',
  'servers',
  'exchange-online',
] as const

/**
 * How a line is protected, weakest first. `required` is encrypted always while nobody checks the certificate of the other end;
 * `checked` checks one end, `mutual` both.
 */
export const protections = ['none', 'offered', 'unknown', 'required', 'checked', 'mutual'] as const

/** What a receiver takes the sender for. */
export const trusts = ['anonymous', 'relay', 'internal', 'cloud', 'partner', 'users', 'servers', 'unknown'] as const

const severity = z.enum(severities)

const door = z.object({
  /** null: mail flows here without a connector that an export could show (implicit connectors, MX). */
  connector: z.string().nullable(),
  collection: z.enum(collections).nullable(),
  /** Name without the server in front. */
  name: z.string(),
  server: z.string().nullable(),
  direction: z.enum(['receive', 'send']),
  ports: z.array(z.number().int()),
  /** Who may use the door: address ranges for a receiver, domains for a sender. */
  who: z.object({
    kind: z.enum(['addresses', 'domains', 'unknown']),
    any: z.boolean(),
    items: z.array(z.string()),
    /** Number of addresses as a decimal, for ranges. */
    addresses: z.string().nullable(),
    /** The export cut the list: there are more. */
    more: z.boolean(),
  }),
  /** Smart hosts of a sender. */
  via: z.array(z.string()),
  protection: z.enum(protections),
  trust: z.enum(trusts),
  /** Trusted by address alone. */
  unproven: z.boolean(),
  /** `likely`: the other end is concluded from names or addresses. */
  certainty: z.enum(['certain', 'likely']),
  findings: z.array(z.string()),
  certificates: z.array(z.string()),
})

const card = z.object({
  id: z.string(),
  lane: z.enum(laneIds),
  kind: z.enum(cardKinds),
  /** As exported; null where the kind says it all. */
  name: z.string().nullable(),
  /** Servers, domains or connectors that the card stands for. */
  members: z.array(z.string()),
  /** Servers among them that others name but of which nothing was uploaded. */
  notUploaded: z.array(z.string()),
  /** Addresses, ranges, smart hosts or domains, as exported. */
  addresses: z.array(z.string()),
  /** false: nothing was uploaded for it, others only name it. */
  uploaded: z.boolean(),
  certainty: z.enum(['certain', 'likely']),
  findings: z.array(z.string()),
  worst: severity.nullable(),
  certificates: z.array(z.string()),
  /** Doors between servers of the organisation, which the map does not draw. */
  internalDoors: z.number().int(),
})

const line = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  protection: z.enum(protections),
  /** Its doors differ in protection; `protection` is the weakest. */
  mixed: z.boolean(),
  unproven: z.boolean(),
  /** On its way in it passes by the lanes where a gateway or an Edge would stand. */
  bypass: z.boolean(),
  doors: z.array(door),
  findings: z.array(z.string()),
  worst: severity.nullable(),
  certificates: z.array(z.string()),
})

/** The map of an organisation: cards in lanes and lines between them. Holds no prose and no positions. */
export const topologySchema = z.object({
  topology: z.literal(1),
  cards: z.array(card),
  lines: z.array(line),
})
