/** Addresses of new products: what a shop without accented URLs, the default, accepts. */
import { firstSlug, slug } from '../../nodes/PrestaShop/products/slug.ts';

test.each([
	['Чашка «Щука» №5', 'chashka-shchuka-5'],
	['Объём ЁЛКИ', 'obyom-yolki'],
	['Їжак і ґава', 'yizhak-i-gava'],
	['Καφές Ελληνικός', 'kafes-ellinikos'],
	['Żółta łódź, straße', 'zolta-lodz-strasse'],
	['Crème brûlée & Co.', 'creme-brulee-co'],
	['湯呑み', ''],
	['湯呑み 300ml', '300ml'],
])('%s becomes %j', (name, expected) => {
	expect(slug(name)).toBe(expected);
	// PrestaShop's Validate::isLinkRewrite without accented URLs.
	if (expected !== '') expect(slug(name)).toMatch(/^[_a-zA-Z0-9-]+$/);
});

test('a name without letters takes what else there is', () => {
	expect(firstSlug(['湯呑み', 'Tea cup', 'TC-1'])).toBe('tea-cup');
	expect(firstSlug(['湯呑み', '茶碗', 'TC-1'])).toBe('tc-1');
	expect(firstSlug(['湯呑み'])).toBe('product');
	expect(slug('a'.repeat(300))).toHaveLength(128);
});
