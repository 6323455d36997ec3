//! npm's configuration, as far as it says where packages come from and how to reach that place.
//!
//! Read in npm's order: environment, project, user, global; the first that has a key wins.
//! It knows no registry of its own: without any setting the address in the lock file stands.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The settings that matter here, keys in npm's spelling (`registry`, `@scope:registry`, `cafile`, ...).
#[derive(Debug, Default)]
pub struct Npmrc {
    settings: BTreeMap<String, String>,
}

/// The environment, handed over so that tests can have one of their own.
pub type Environment = BTreeMap<String, String>;

impl Npmrc {
    pub fn read(root: &Path, environment: &Environment) -> Self {
        let mut npmrc = Self::default();
        npmrc.add_environment(environment);
        for file in files(root, environment) {
            if let Ok(text) = std::fs::read_to_string(&file) {
                npmrc.add_file(&text, environment);
            }
        }
        npmrc
    }

    /// The base address for a package, without a closing slash; the scope's own registry goes before the general one.
    pub fn registry(&self, package: &str) -> Option<&str> {
        let scope = package.split_once('/').map(|(scope, _)| scope).filter(|scope| scope.starts_with('@'));
        let scoped = scope.and_then(|scope| self.get(&format!("{scope}:registry")));
        scoped.or_else(|| self.get("registry")).map(|address| address.trim_end_matches('/'))
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.settings.get(key).map(String::as_str).filter(|value| !value.is_empty() && *value != "null")
    }

    fn add(&mut self, key: &str, value: String) {
        self.settings.entry(key.to_owned()).or_insert(value);
    }

    /// `npm_config_https_proxy` and `NPM_CONFIG_HTTPS_PROXY` both mean `https-proxy`.
    fn add_environment(&mut self, environment: &Environment) {
        for (name, value) in environment {
            let name = name.to_lowercase();
            if let Some(key) = name.strip_prefix("npm_config_") {
                self.add(&key.replace('_', "-"), value.clone());
            }
        }
    }

    fn add_file(&mut self, text: &str, environment: &Environment) {
        // Within one file the last line wins, between files the first file.
        let mut own = BTreeMap::new();
        for line in text.lines().map(str::trim) {
            if line.starts_with(['#', ';', '[']) {
                continue;
            }
            if let Some((key, value)) = line.split_once('=') {
                own.insert(key.trim().to_owned(), expand(unquote(value.trim()), environment));
            }
        }
        for (key, value) in own {
            self.add(&key, value);
        }
    }
}

/// The files that npm would read, the most particular one first.
fn files(root: &Path, environment: &Environment) -> Vec<PathBuf> {
    let path_of = |keys: [&str; 2]| keys.iter().find_map(|key| environment.get(*key)).map(PathBuf::from);
    let mut files = vec![root.join(".npmrc")];
    let user = path_of(["npm_config_userconfig", "NPM_CONFIG_USERCONFIG"]);
    files.extend(user.or_else(|| environment.get("HOME").map(|home| Path::new(home).join(".npmrc"))));
    files.extend(path_of(["npm_config_globalconfig", "NPM_CONFIG_GLOBALCONFIG"]));
    let prefixes = path_of(["npm_config_prefix", "PREFIX"]).into_iter().chain(prefix_of_node(environment));
    files.extend(prefixes.map(|prefix| prefix.join("etc/npmrc")));
    files.push(PathBuf::from("/etc/npmrc"));
    files
}

/// Where Node is installed, npm's global file lies beside it; without Node there is none.
fn prefix_of_node(environment: &Environment) -> Option<PathBuf> {
    let folders = environment.get("PATH")?;
    let folder = std::env::split_paths(folders).find(|folder| folder.join("node").is_file())?;
    folder.parent().map(Path::to_path_buf)
}

fn unquote(value: &str) -> &str {
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(value)
}

/// Replaces `${NAME}` by the variable; an unknown variable stays as it is written, as npm does.
fn expand(value: &str, environment: &Environment) -> String {
    let mut result = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        result.push_str(before);
        match environment.get(name) {
            Some(found) => result.push_str(found),
            None => result.push_str(&format!("${{{name}}}")),
        }
        rest = tail;
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_environment_goes_before_the_project_and_the_project_before_the_user() {
        let root = tempfile::tempdir().unwrap();
        let home = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join(".npmrc"), "registry=https://project.example/npm/\n").unwrap();
        std::fs::write(home.path().join(".npmrc"), "registry=https://user.example\ncafile = \"/ca.pem\"\n").unwrap();
        let mut around = environment(&[("HOME", home.path().to_str().unwrap())]);
        let npmrc = Npmrc::read(root.path(), &around);
        assert_eq!(npmrc.registry("axe-core"), Some("https://project.example/npm"));
        assert_eq!(npmrc.get("cafile"), Some("/ca.pem"));
        around.insert("NPM_CONFIG_REGISTRY".to_owned(), "https://environment.example/".to_owned());
        assert_eq!(Npmrc::read(root.path(), &around).registry("axe-core"), Some("https://environment.example"));
    }

    #[test]
    fn a_scope_has_its_own_registry() {
        let mut npmrc = Npmrc::default();
        npmrc.add_file("@design:registry=https://scope.example\nregistry=https://all.example\n", &Environment::new());
        assert_eq!(npmrc.registry("@design/tokens"), Some("https://scope.example"));
        assert_eq!(npmrc.registry("@other/tokens"), Some("https://all.example"));
        assert_eq!(npmrc.registry("htmx.org"), Some("https://all.example"));
    }

    #[test]
    fn the_global_file_lies_in_the_prefix() {
        let prefix = tempfile::tempdir().unwrap();
        std::fs::create_dir(prefix.path().join("etc")).unwrap();
        std::fs::write(prefix.path().join("etc/npmrc"), "https-proxy=http://proxy.example:3128\n").unwrap();
        let around = environment(&[("PREFIX", prefix.path().to_str().unwrap())]);
        let npmrc = Npmrc::read(Path::new("/nonexistent"), &around);
        assert_eq!(npmrc.get("https-proxy"), Some("http://proxy.example:3128"));
    }

    #[test]
    fn comments_are_skipped_and_variables_expanded() {
        let mut npmrc = Npmrc::default();
        let around = environment(&[("MIRROR", "mirror.example")]);
        npmrc.add_file("; registry=https://no.example\nregistry=https://${MIRROR}/${UNKNOWN}/x\nproxy=null\n", &around);
        assert_eq!(npmrc.registry("axe-core"), Some("https://mirror.example/${UNKNOWN}/x"));
        assert_eq!(npmrc.get("proxy"), None);
    }

    #[test]
    fn without_any_setting_there_is_no_registry() {
        assert_eq!(Npmrc::default().registry("axe-core"), None);
    }
}
