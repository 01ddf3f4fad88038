export * from './config-from'
export * from './print-list'
