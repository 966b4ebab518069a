/** Local times of shops: daylight saving in both directions, odd zones, dates that are none. */

import {
	epochToLocal,
	isTimeZone,
	localToEpoch,
	localToIso,
	shiftLocal,
	userDateToLocal,
} from '../../nodes/shared/text/time.ts';
import fc from '../support/seed.mts';

const utc = (text: string) => Date.parse(text);

describe('the instant of a local time', () => {
	test.each([
		['in winter', '2026-01-15 12:00:00', 'Europe/Warsaw', '2026-01-15T11:00:00Z'],
		['in summer', '2026-07-15 12:00:00', 'Europe/Warsaw', '2026-07-15T10:00:00Z'],
		['just before summer', '2026-03-29 01:59:59', 'Europe/Warsaw', '2026-03-29T00:59:59Z'],
		[
			'just after the start of summer',
			'2026-03-29 03:00:00',
			'Europe/Warsaw',
			'2026-03-29T01:00:00Z',
		],
		[
			'in the hour that summer skips',
			'2026-03-29 02:30:00',
			'Europe/Warsaw',
			'2026-03-29T01:30:00Z',
		],
		[
			'in the hour that comes twice',
			'2026-10-25 02:30:00',
			'Europe/Warsaw',
			'2026-10-25T00:30:00Z',
		],
		[
			'just before the hour that comes twice',
			'2026-10-25 01:59:59',
			'Europe/Warsaw',
			'2026-10-24T23:59:59Z',
		],
		[
			'just after the hour that comes twice',
			'2026-10-25 03:00:00',
			'Europe/Warsaw',
			'2026-10-25T02:00:00Z',
		],
		['west of Greenwich', '2026-01-15 12:00:00', 'America/New_York', '2026-01-15T17:00:00Z'],
		[
			'west, in the hour that summer skips',
			'2026-03-08 02:30:00',
			'America/New_York',
			'2026-03-08T07:30:00Z',
		],
		[
			'west, after the start of summer',
			'2026-03-08 03:00:00',
			'America/New_York',
			'2026-03-08T07:00:00Z',
		],
		[
			'west, in the hour that comes twice',
			'2026-11-01 01:30:00',
			'America/New_York',
			'2026-11-01T05:30:00Z',
		],
		[
			'west, after the hour that comes twice',
			'2026-11-01 02:00:00',
			'America/New_York',
			'2026-11-01T07:00:00Z',
		],
		['with half an hour', '2026-06-01 05:30:00', 'Asia/Kolkata', '2026-06-01T00:00:00Z'],
		['with three quarters', '2026-06-01 05:45:00', 'Asia/Kathmandu', '2026-06-01T00:00:00Z'],
		[
			'with a change of half an hour',
			'2026-04-05 01:45:00',
			'Australia/Lord_Howe',
			'2026-04-04T14:45:00Z',
		],
		['far in the east', '2026-01-01 00:00:00', 'Pacific/Kiritimati', '2025-12-31T10:00:00Z'],
		['on a leap day', '2028-02-29 12:00:00', 'Europe/Warsaw', '2028-02-29T11:00:00Z'],
		['at the turn of the year', '2026-12-31 23:59:59', 'America/New_York', '2027-01-01T04:59:59Z'],
		['without seconds', '2026-01-15 12:00', 'UTC', '2026-01-15T12:00:00Z'],
		['without time', '2026-01-15', 'UTC', '2026-01-15T00:00:00Z'],
		['with a T', '2026-01-15T12:00:00', 'UTC', '2026-01-15T12:00:00Z'],
		[
			'with fractions, which shops do not filter by',
			'2026-01-15 12:00:00.987',
			'UTC',
			'2026-01-15T12:00:00Z',
		],
		['before 1970', '1969-12-31 23:59:59', 'UTC', '1969-12-31T23:59:59Z'],
	])('%s', (_, local, zone, instant) => {
		expect(localToEpoch(local, zone)).toBe(utc(instant));
	});
});

const NO_DATES = [
	['a date that was never set', '0000-00-00 00:00:00'],
	['a date that was never set, without time', '0000-00-00'],
	['the year 1 some shops write', '0001-01-01 00:00:00'],
	['a month 0', '2026-00-10'],
	['a month 13', '2026-13-01'],
	['a day that does not exist', '2026-02-30 10:00:00'],
	['a leap day in another year', '2026-02-29'],
	['hour 24', '2026-01-01 24:00:00'],
	['minute 60', '2026-01-01 10:60'],
	['words', 'yesterday'],
	['another order', '31.01.2026'],
	['nothing', ''],
] as const;

test.each(NO_DATES)('%s is no date: %s', (_, text) => {
	expect(localToEpoch(text, 'Europe/Warsaw')).toBeUndefined();
	expect(localToIso(text, 'Europe/Warsaw')).toBeNull();
	expect(localToIso(text, undefined)).toBeNull();
	expect(userDateToLocal(text, 'Europe/Warsaw')).toBeUndefined();
	expect(shiftLocal(text, 60)).toBe(text);
});

const zones = fc.constantFrom(
	'UTC',
	'Europe/Warsaw',
	'America/New_York',
	'Asia/Kolkata',
	'Australia/Lord_Howe',
	'Africa/Casablanca',
	'Pacific/Apia',
);
/** Whole seconds from 1990 to 2040. */
const instants = fc
	.integer({ min: utc('1990-01-01T00:00:00Z') / 1000, max: utc('2040-01-01T00:00:00Z') / 1000 })
	.map((seconds) => seconds * 1000);

describe('there and back', () => {
	test('a local time reads as written, except within the hour that does not exist', () => {
		fc.assert(
			fc.property(instants, zones, (instant, zone) => {
				const local = epochToLocal(instant, zone);
				const again = localToEpoch(local, zone);
				expect(again).toBeLessThanOrEqual(instant);
				expect(epochToLocal(again ?? 0, zone)).toBe(local);
				// Two instants share a local time only where the clock was set back.
				expect([0, 30 * 60_000, 60 * 60_000]).toContain(instant - (again ?? 0));
			}),
			{ numRuns: 2_000 },
		);
	});

	test('an ISO text names the same instant, and the local time is readable in it', () => {
		fc.assert(
			fc.property(instants, zones, (instant, zone) => {
				const local = epochToLocal(instant, zone);
				const iso = localToIso(local, zone) ?? '';
				expect(Date.parse(iso)).toBe(localToEpoch(local, zone));
				expect(iso.slice(0, 19)).toBe(local.replace(' ', 'T'));
				expect(userDateToLocal(iso, zone)).toBe(local);
			}),
			{ numRuns: 2_000 },
		);
	});

	test('a later instant of a zone without summer time is a later text', () => {
		fc.assert(
			fc.property(instants, instants, (a, b) => {
				const [first, second] = [epochToLocal(a, 'Asia/Kolkata'), epochToLocal(b, 'Asia/Kolkata')];
				expect(first < second).toBe(a < b);
			}),
		);
	});
});

describe('ISO 8601', () => {
	test.each([
		[
			'with the offset of winter',
			'2026-01-15 12:00:00',
			'Europe/Warsaw',
			'2026-01-15T12:00:00+01:00',
		],
		[
			'with the offset of summer',
			'2026-07-15 12:00:00',
			'Europe/Warsaw',
			'2026-07-15T12:00:00+02:00',
		],
		['west of Greenwich', '2026-01-15 12:00:00', 'America/New_York', '2026-01-15T12:00:00-05:00'],
		['with half an hour', '2026-01-15 12:00:00', 'Asia/Kolkata', '2026-01-15T12:00:00+05:30'],
		[
			'in the hour that comes twice, the first',
			'2026-10-25 02:30:00',
			'Europe/Warsaw',
			'2026-10-25T02:30:00+02:00',
		],
		[
			'in the hour that does not exist',
			'2026-03-29 02:30:00',
			'Europe/Warsaw',
			'2026-03-29T02:30:00+01:00',
		],
		['in UTC', '2026-01-15 12:00:00', 'UTC', '2026-01-15T12:00:00+00:00'],
		[
			'without offset when the zone is not known',
			'2026-01-15 12:00:00',
			undefined,
			'2026-01-15T12:00:00',
		],
		['at midnight for a day', '2026-01-15', undefined, '2026-01-15T00:00:00'],
	])('%s', (_, local, zone, iso) => {
		expect(localToIso(local, zone)).toBe(iso);
	});
});

test.each([
	['over the end of a year', '2026-12-31 23:59:59', 1, '2027-01-01 00:00:00'],
	['over a leap day', '2028-03-01 00:00:00', -1, '2028-02-29 23:59:59'],
	['without regard to summer time', '2026-03-29 01:59:59', 1, '2026-03-29 02:00:00'],
	['not at all', '2026-03-29', 0, '2026-03-29 00:00:00'],
])('a local text is shifted %s', (_, text, seconds, shifted) => {
	expect(shiftLocal(text, seconds)).toBe(shifted);
});

describe('a date from a user', () => {
	test.each([
		[
			'a wall clock is taken as it is',
			'2026-01-31T08:00:00',
			'Europe/Warsaw',
			'2026-01-31 08:00:00',
		],
		['a wall clock needs no zone', '2026-01-31 08:00', undefined, '2026-01-31 08:00:00'],
		['a day is its midnight', '2026-01-31', undefined, '2026-01-31 00:00:00'],
		['fractions are dropped', '2026-01-31T08:00:00.500', undefined, '2026-01-31 08:00:00'],
		['UTC is converted', '2026-01-31T08:00:00Z', 'Europe/Warsaw', '2026-01-31 09:00:00'],
		[
			'milliseconds in UTC are converted',
			'2026-01-31T08:00:00.123Z',
			'Europe/Warsaw',
			'2026-01-31 09:00:00',
		],
		['an offset is converted', '2026-01-31T08:00:00+05:30', 'Europe/Warsaw', '2026-01-31 03:30:00'],
		[
			'an offset without colon is converted',
			'2026-01-31T08:00:00-0500',
			'Europe/Warsaw',
			'2026-01-31 14:00:00',
		],
		[
			'an offset of hours is converted',
			'2026-01-31T08:00:00+05',
			'Europe/Warsaw',
			'2026-01-31 04:00:00',
		],
		[
			'an offset without seconds is converted',
			'2026-01-31 08:00+05:00',
			'Europe/Warsaw',
			'2026-01-31 04:00:00',
		],
		['blanks do not count', ' 2026-01-31T08:00:00Z ', 'UTC', '2026-01-31 08:00:00'],
	])('%s', (_, text, zone, local) => {
		expect(userDateToLocal(text, zone)).toBe(local);
	});

	test.each([
		['an instant without a zone to show it in', '2026-01-31T08:00:00Z', undefined],
		['an instant on a day that does not exist', '2026-02-31T08:00:00Z', 'UTC'],
		['an instant at an hour that does not exist', '2026-01-31T25:00:00Z', 'UTC'],
		['a time of the afternoon', '2026-01-31 08:00:00 pm', 'UTC'],
		['an hour of one digit, which would become midnight', '2026-01-31 8:00', 'UTC'],
		['a zone by name', '2026-01-31T08:00:00[Europe/Warsaw]', 'UTC'],
		['a number', '1769846400000', 'UTC'],
		['what luxon says about a wrong date', 'Invalid DateTime', 'UTC'],
	])('%s is refused, not guessed', (_, text, zone) => {
		expect(userDateToLocal(text, zone)).toBeUndefined();
	});
});

test.each([
	['Europe/Warsaw', true],
	['UTC', true],
	['Asia/Kolkata', true],
	['Europe/Warszawa', false],
	['CEST', false],
	['', false],
	['+25:00', false],
])('that %j is a time zone is %s', (zone, known) => {
	expect(isTimeZone(zone)).toBe(known);
});

test('offsets are the engine’s on days that are remembered, the days of a change among them', () => {
	const engine = (instant: number, zone: string) =>
		new Intl.DateTimeFormat('sv-SE', {
			timeZone: zone,
			dateStyle: 'short',
			timeStyle: 'medium',
		}).format(instant);
	for (const zone of ['Europe/Warsaw', 'Australia/Lord_Howe', 'America/New_York', 'Pacific/Apia']) {
		for (const day of ['2011-12-30', '2026-03-08', '2026-03-29', '2026-04-04', '2026-10-25']) {
			for (let quarter = 0; quarter < 96; quarter += 3) {
				const instant = utc(`${day}T00:00:00Z`) + quarter * 900_000;
				expect(epochToLocal(instant, zone)).toBe(engine(instant, zone));
			}
		}
	}
});

test('a day asks the engine once for its offset, however many times of it are told', () => {
	const ask = jest.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
	for (let minute = 10; minute < 60; minute++) {
		localToIso(`2026-05-05 12:${minute}:00`, 'Europe/Helsinki');
	}
	// Both ends of the day, of the one before and of the one after.
	expect(ask).toHaveBeenCalledTimes(6);
	ask.mockRestore();
});
