export * from './command'
export * from './decode'
export * from './intern'
export * from './lines'
