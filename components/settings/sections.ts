import type { Permission } from '@/lib/server/access'

/** The sections of the settings in their order, and what each of them needs. */
export const settingsSections = {
  profile: 'self',
  tokens: 'tokens',
  people: 'manage',
  environments: 'manage',
  'sign-in': 'manage',
  sharing: 'manage',
  retention: 'manage',
  general: 'manage',
  activity: 'activity',
  system: 'manage',
} as const satisfies Readonly<Record<string, Permission>>
export type SectionName = keyof typeof settingsSections

const names = Object.keys(settingsSections) as readonly SectionName[]

/** Those that somebody has. */
export const sectionsFor = (permissions: ReadonlySet<Permission>): SectionName[] =>
  names.filter((name) => permissions.has(settingsSections[name]))
