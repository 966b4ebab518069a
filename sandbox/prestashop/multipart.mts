/** Content of the part called `name` of a multipart/form-data body. */
export function filePart(contentType: string, body: Buffer, name: string): Buffer | undefined {
	const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
	if (boundary === undefined) return undefined;
	const marker = Buffer.from(`--${boundary}`);
	let start = body.indexOf(marker);
	while (start >= 0) {
		const next = body.indexOf(marker, start + marker.length);
		if (next < 0) return undefined;
		const part = body.subarray(start + marker.length, next);
		const blank = part.indexOf('\r\n\r\n');
		const head = part.subarray(0, Math.max(blank, 0)).toString('utf8');
		if (blank >= 0 && new RegExp(`name="${name}"`).test(head)) {
			// The line break before the next boundary is not part of the file.
			return part.subarray(blank + 4, part.length - 2);
		}
		start = next;
	}
	return undefined;
}
