import { execFileSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { n8nInstallation } from './environment.mts';

export const PACKAGE_NAME = 'n8n-nodes-storefronts';

/** The folder in which n8n looks for community packages of this user folder. */
function communityPackages(userFolder: string): string {
	return join(userFolder, '.n8n', 'nodes', 'node_modules');
}

/**
 * Puts the built package (package.json and dist) where n8n finds community packages, so that node
 * types carry the same ids as after an installation. A copy, because a link would let the nodes
 * load the development dependencies of this project.
 */
export function installBuiltPackage(projectFolder: string, userFolder: string): string {
	if (!existsSync(join(projectFolder, 'dist'))) {
		throw new Error('There is no dist folder yet: build the nodes first (npx gulp build).');
	}
	const target = emptyTarget(userFolder);
	cpSync(join(projectFolder, 'dist'), join(target, 'dist'), { recursive: true });
	cpSync(join(projectFolder, 'package.json'), join(target, 'package.json'));
	dropDevelopmentParts(target);
	linkWorkflowModule(projectFolder, userFolder);
	return target;
}

/** Does what n8n does on installation: `npm pack`, unpack, forget the development dependencies. */
export function installPackedTarball(
	projectFolder: string,
	userFolder: string,
	packFolder: string,
): string {
	mkdirSync(packFolder, { recursive: true });
	// npm is a script on Windows, which only a shell can start; every argument is our own.
	const npm = {
		cwd: projectFolder,
		encoding: 'utf8',
		shell: process.platform === 'win32',
	} as const;
	const output = execFileSync(
		'npm',
		['pack', '--ignore-scripts', '--offline', '--silent', '--pack-destination', packFolder],
		npm,
	);
	const tarball = join(packFolder, output.trim().split('\n').at(-1) ?? '');
	installTarball(projectFolder, userFolder, tarball);
	return tarball;
}

/** Unpacks a package that was packed before, for another n8n; `name` is what it is called. */
export function installTarball(
	projectFolder: string,
	userFolder: string,
	tarball: string,
	name = PACKAGE_NAME,
): void {
	const target = emptyTarget(userFolder, name);
	execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
	dropDevelopmentParts(target);
	linkWorkflowModule(projectFolder, userFolder);
}

function emptyTarget(userFolder: string, name = PACKAGE_NAME): string {
	const target = join(communityPackages(userFolder), name);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	return target;
}

function dropDevelopmentParts(target: string): void {
	const file = join(target, 'package.json');
	const description = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
	for (const key of ['devDependencies', 'peerDependencies', 'optionalDependencies', 'scripts']) {
		delete description[key];
	}
	writeFileSync(file, JSON.stringify(description, null, '\t'));
}

/**
 * Lets the nodes load the very n8n-workflow that n8n itself has loaded, as in a normal
 * installation. Without the link a user folder inside this project would find the copy among the
 * development dependencies first, and n8n would not recognise the errors made with it.
 */
function linkWorkflowModule(projectFolder: string, userFolder: string): void {
	const link = join(communityPackages(userFolder), 'n8n-workflow');
	rmSync(link, { recursive: true, force: true });
	const target = join(n8nInstallation(projectFolder), 'node_modules', 'n8n-workflow');
	symlinkSync(target, link, process.platform === 'win32' ? 'junction' : 'dir');
}
