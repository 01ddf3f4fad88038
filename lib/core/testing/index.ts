export * from './config-from'
