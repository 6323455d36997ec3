//! The key port on a file, and randomness from the operating system.
//!
//! The file holds the key-encryption keys by epoch, in hex, readable by its owner only. It is meant for the embedded
//! default; a device behind PKCS#11 takes its place in production.

use aes_gcm_siv::{
    Aes256GcmSiv, Nonce,
    aead::{Aead, KeyInit, Payload},
};
use app::poorten::{SleutelFout, Sleutelbeheer, Toeval};
use std::{collections::BTreeMap, fs, io::Write, path::Path};
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 12;

/// Randomness from the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct Systeemtoeval;

impl Toeval for Systeemtoeval {
    fn vul(&self, bytes: &mut [u8]) -> Result<(), SleutelFout> {
        getrandom::fill(bytes).map_err(|fout| SleutelFout(format!("geen toeval van het systeem: {fout}")))
    }
}

/// Key-encryption keys in a file: one line per epoch, `epoch hex`.
pub struct Sleutelbestand {
    sleutels: BTreeMap<u32, Zeroizing<[u8; 32]>>,
    epoch: u32,
}

impl Sleutelbestand {
    /// Opens the file; makes it with a first key when it is not there.
    ///
    /// # Errors
    /// The file cannot be read or made, others can read it, or a line is no key.
    pub fn open_of_maak(pad: &Path) -> Result<Self, SleutelFout> {
        if !pad.exists() {
            maak(pad)?;
        }
        mag_alleen_eigenaar(pad)?;
        let tekst = Zeroizing::new(fs::read_to_string(pad).map_err(|fout| bestandsfout(pad, &fout))?);
        let mut sleutels = BTreeMap::new();
        for regel in tekst.lines().filter(|regel| !regel.trim().is_empty()) {
            let (epoch, sleutel) = lees_regel(regel)
                .ok_or_else(|| SleutelFout(format!("{}: een regel is geen 'epoch hex'", pad.display())))?;
            if sleutels.insert(epoch, sleutel).is_some() {
                return Err(SleutelFout(format!("{}: epoch {epoch} staat er twee keer in", pad.display())));
            }
        }
        let epoch = sleutels.keys().next_back().copied();
        let epoch = epoch.ok_or_else(|| SleutelFout(format!("{}: geen sleutel in het bestand", pad.display())))?;
        Ok(Self { sleutels, epoch })
    }

    fn cijfer(&self, epoch: u32) -> Result<Aes256GcmSiv, SleutelFout> {
        let sleutel = self.sleutels.get(&epoch).ok_or_else(|| SleutelFout(format!("epoch {epoch} is er niet meer")))?;
        Ok(Aes256GcmSiv::new(&(**sleutel).into()))
    }
}

impl Sleutelbeheer for Sleutelbestand {
    fn epoch(&self) -> u32 {
        self.epoch
    }

    fn verpak(&self, sleutel: &[u8; 32], context: &[u8]) -> Result<Vec<u8>, SleutelFout> {
        let mut nonce = [0u8; NONCE_BYTES];
        Systeemtoeval.vul(&mut nonce)?;
        let payload = Payload { msg: sleutel, aad: context };
        let verpakt = self.cijfer(self.epoch)?.encrypt(&Nonce::from(nonce), payload);
        let verpakt = verpakt.map_err(|_| SleutelFout("verpakken mislukt".into()))?;
        Ok([nonce.as_slice(), &verpakt].concat())
    }

    fn pak_uit(&self, epoch: u32, verpakt: &[u8], context: &[u8]) -> Result<[u8; 32], SleutelFout> {
        let past_niet = || SleutelFout("de sleutel past niet".into());
        let (nonce, rest) = verpakt.split_at_checked(NONCE_BYTES).ok_or_else(past_niet)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| past_niet())?;
        let payload = Payload { msg: rest, aad: context };
        let klaar = self.cijfer(epoch)?.decrypt(&Nonce::from(nonce), payload).map_err(|_| past_niet())?;
        Zeroizing::new(klaar).as_slice().try_into().map_err(|_| past_niet())
    }
}

/// Makes the file whole or not at all: a process that dies half-way leaves no file without a key, and of two that
/// start at once the first one's key stays. The folder is synced too, for content is sealed under this key next.
fn maak(pad: &Path) -> Result<(), SleutelFout> {
    let mut sleutel = Zeroizing::new([0u8; 32]);
    Systeemtoeval.vul(sleutel.as_mut_slice())?;
    let mut toevoeging = [0u8; 8];
    Systeemtoeval.vul(&mut toevoeging)?;
    let half = pad.with_extension(format!("half-{:016x}", u64::from_be_bytes(toevoeging)));
    let uitkomst = schrijf(&half, &sleutel).and_then(|()| match fs::hard_link(&half, pad) {
        Err(fout) if fout.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        anders => anders,
    });
    let opgeruimd = fs::remove_file(&half);
    let map = pad.parent().filter(|map| !map.as_os_str().is_empty()).unwrap_or(Path::new("."));
    uitkomst.and(opgeruimd).and_then(|()| fs::File::open(map)?.sync_all()).map_err(|fout| bestandsfout(pad, &fout))
}

fn schrijf(pad: &Path, sleutel: &[u8; 32]) -> std::io::Result<()> {
    let hex = Zeroizing::new(sleutel.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let mut opties = fs::OpenOptions::new();
    opties.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut opties, 0o600);
    let mut bestand = opties.open(pad)?;
    writeln!(bestand, "1 {}", *hex)?;
    bestand.sync_all()
}

#[cfg(unix)]
fn mag_alleen_eigenaar(pad: &Path) -> Result<(), SleutelFout> {
    use std::os::unix::fs::PermissionsExt;
    let rechten = fs::metadata(pad).map_err(|fout| bestandsfout(pad, &fout))?.permissions().mode();
    if rechten & 0o077 == 0 {
        Ok(())
    } else {
        Err(SleutelFout(format!("{}: anderen mogen dit bestand lezen; zet de rechten op 600", pad.display())))
    }
}

#[cfg(not(unix))]
fn mag_alleen_eigenaar(_pad: &Path) -> Result<(), SleutelFout> {
    Ok(())
}

fn lees_regel(regel: &str) -> Option<(u32, Zeroizing<[u8; 32]>)> {
    let (epoch, hex) = regel.trim().split_once(' ')?;
    let mut sleutel = Zeroizing::new([0u8; 32]);
    if hex.len() != 64 || !hex.bytes().all(|teken| teken.is_ascii_hexdigit()) {
        return None;
    }
    for (index, byte) in sleutel.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some((epoch.parse().ok()?, sleutel))
}

fn bestandsfout(pad: &Path, fout: &std::io::Error) -> SleutelFout {
    SleutelFout(format!("{}: {fout}", pad.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wat_is_verpakt_komt_er_met_dezelfde_context_weer_uit_en_anders_niet() {
        let map = tempfile::tempdir().unwrap();
        let pad = map.path().join("sleutels");
        let beheer = Sleutelbestand::open_of_maak(&pad).unwrap();
        let verpakt = beheer.verpak(&[7; 32], b"vt").unwrap();
        let opnieuw = Sleutelbestand::open_of_maak(&pad).unwrap();
        assert_eq!(opnieuw.pak_uit(1, &verpakt, b"vt").unwrap(), [7; 32]);
        assert!(opnieuw.pak_uit(1, &verpakt, b"ander").is_err());
        assert!(opnieuw.pak_uit(2, &verpakt, b"vt").is_err());
    }

    #[test]
    fn van_twee_die_tegelijk_beginnen_blijft_een_sleutel_en_niets_anders() {
        let map = tempfile::tempdir().unwrap();
        let pad = map.path().join("sleutels");
        let begin = || Sleutelbestand::open_of_maak(&pad).unwrap().verpak(&[7; 32], b"vt").unwrap();
        let verpakt = std::thread::scope(|samen| {
            let taken: Vec<_> = (0..8).map(|_| samen.spawn(begin)).collect();
            taken.into_iter().map(|taak| taak.join().unwrap()).collect::<Vec<_>>()
        });
        let later = Sleutelbestand::open_of_maak(&pad).unwrap();
        assert!(verpakt.iter().all(|verpakt| later.pak_uit(1, verpakt, b"vt").is_ok()));
        assert_eq!(fs::read_dir(map.path()).unwrap().count(), 1, "geen halve bestanden");
    }

    #[test]
    fn een_bestand_dat_niet_klopt_wordt_geweigerd() {
        let map = tempfile::tempdir().unwrap();
        let pad = map.path().join("sleutels");
        Sleutelbestand::open_of_maak(&pad).unwrap();
        let goed = fs::read_to_string(&pad).unwrap();
        let plus = format!("1 {}", "+f".repeat(32));
        for fout in ["", "\n", "1", "x y", plus.as_str(), &goed[..40], &format!("{goed}{goed}")] {
            fs::write(&pad, fout).unwrap();
            assert!(Sleutelbestand::open_of_maak(&pad).is_err(), "{} tekens", fout.len());
        }
    }

    #[cfg(unix)]
    #[test]
    fn een_bestand_dat_anderen_mogen_lezen_wordt_geweigerd() {
        use std::os::unix::fs::PermissionsExt;
        let map = tempfile::tempdir().unwrap();
        let pad = map.path().join("sleutels");
        Sleutelbestand::open_of_maak(&pad).unwrap();
        fs::set_permissions(&pad, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(Sleutelbestand::open_of_maak(&pad).is_err());
    }
}
