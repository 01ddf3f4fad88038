export * from './directory'
export * from './members'
export * from './unpack'
