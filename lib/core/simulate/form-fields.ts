/** Fields of the simulator's page, in the order of its address. All are texts; the empty one is the usual case. */
export const formFields = [
  'auth',
  'cert',
  'from',
  'local',
  'port',
  'rcpt',
  'sender',
  'size',
  'start',
  'tls',
  'to',
] as const
export type FormField = (typeof formFields)[number]
