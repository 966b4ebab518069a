/** Which fields and association fields an answer shows. */
export interface Selection {
	fields: 'all' | Set<string>;
	associations: 'all' | Map<string, Set<string>>;
}

/** Everything: one record without `display`, or `display=full`. */
export const EVERYTHING: Selection = { fields: 'all', associations: 'all' };
