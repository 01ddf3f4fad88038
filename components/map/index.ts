export { mapHrefOf } from './finding-on-map'
export { MapView } from './map-view'
