/** One XML element; `text` is the text and CDATA directly inside it, exact when it has no children. */
export interface XmlElement {
	name: string;
	attributes: Readonly<Record<string, string>>;
	children: readonly XmlElement[];
	text: string;
}

export interface XmlLimits {
	/** Size of the text as UTF-8; 16 MiB unless told. */
	maxBytes?: number;
	/** Elements inside one another, the root included; 64 unless told. */
	maxDepth?: number;
	/** Elements and attributes in all; 500,000 unless told. */
	maxNodes?: number;
}

/** An element while it is being read. */
export interface OpenElement extends XmlElement {
	attributes: Record<string, string>;
	children: XmlElement[];
}
