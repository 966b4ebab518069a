/** What the pages of all sandbox shops share. */
import * as fc from 'fast-check';

import { statusBadge, tableOr } from '../../sandbox/shared/pageSections.mts';

/** Contrast of two colours of six hex digits, as WCAG 2.2 defines it: 1 to 21. */
function contrast(one: string, other: string): number {
	const [light = 0, dark = 0] = [one, other].map(relativeLuminance).sort((a, b) => b - a);
	return (light + 0.05) / (dark + 0.05);
}

function relativeLuminance(color: string): number {
	const value = Number.parseInt(color.slice(1), 16);
	const shares = [value >> 16, (value >> 8) & 255, value & 255].map((part) => {
		const share = part / 255;
		return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
	});
	return shares.reduce(
		(sum, share, index) => sum + share * ([0.2126, 0.7152, 0.0722][index] ?? 0),
		0,
	);
}

const INK: Record<string, string> = { '#fff': '#ffffff', '#000': '#000000' };

it('writes on a status of any colour so that it can be read', () => {
	const color = fc.integer({ min: 0, max: 0xff_ff_ff });
	fc.assert(
		fc.property(color, (value) => {
			const ground = `#${value.toString(16).padStart(6, '0')}`;
			const ink = /color:(#\w+)"/.exec(statusBadge('Shipped', ground))?.[1] ?? '';
			expect(contrast(ground, INK[ink] ?? '')).toBeGreaterThanOrEqual(4.5);
		}),
	);
});

it('takes nothing but a colour for a colour', () => {
	expect(statusBadge('<b>', 'red;"><script>')).toBe(
		'<span class="state" style="background:#5d6b75;color:#fff">&lt;b&gt;</span>',
	);
});

it('names the column in each cell, and the row by its first', () => {
	expect(
		tableOr('Nothing.', [{ label: 'No.', number: true }, { label: 'Text' }], [['1', 'a']]),
	).toBe(
		'<table><thead><tr><th scope="col" class="number">No.</th><th scope="col">Text</th></tr></thead>' +
			'<tbody><tr><th scope="row" class="number" data-label="No.">1</th><td data-label="Text">a</td></tr></tbody></table>',
	);
	expect(tableOr('Nothing.', [{ label: 'No.' }], [])).toBe('<p class="empty">Nothing.</p>');
});
