//! What a file is, by what is in it. Its name says nothing: who adds it chose that.

use serde::{Deserialize, Serialize};

/// The forms in which a file may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Vorm {
    Pdf,
    Png,
    Jpeg,
    Tekst,
    /// Word, without macros.
    Docx,
    Odt,
}

const DOCX_DEEL: &[u8] = b"word/document.xml";
const MACRO_DEEL: &[u8] = b"word/vbaProject.bin";
/// An OpenDocument file begins with its kind, stored as it is, so that it can be read without unpacking.
const ODT_BEGIN: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.text";
/// Where the name of the first entry of an archive stands.
const ZIP_NAAM: usize = 30;

impl Vorm {
    /// The form of these bytes; absent for anything that is not allowed, an archive of other things included.
    pub fn van(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'P', b'K', 3, 4, ..] => Self::van_archief(bytes),
            _ => is_tekst(bytes).then_some(Self::Tekst),
        }
    }

    fn van_archief(bytes: &[u8]) -> Option<Self> {
        // Another kind, a template or a spreadsheet, goes on with more letters before the next entry.
        let na_naam = bytes.get(ZIP_NAAM..).and_then(|rest| rest.strip_prefix(ODT_BEGIN));
        if na_naam.is_some_and(|rest| rest.starts_with(b"PK")) {
            return Some(Self::Odt);
        }
        let namen = zip_namen(bytes)?;
        let heeft = |deel: &[u8]| namen.contains(&deel);
        (heeft(DOCX_DEEL) && !heeft(MACRO_DEEL)).then_some(Self::Docx)
    }

    /// How a browser is told what it gets.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Tekst => "text/plain; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
        }
    }

    /// How a file of this form is called at the end.
    pub fn extensie(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Tekst => "txt",
            Self::Docx => "docx",
            Self::Odt => "odt",
        }
    }
}

/// Something to read: no bytes that no keyboard makes.
fn is_tekst(bytes: &[u8]) -> bool {
    let gewoon = |teken: char| !teken.is_control() || matches!(teken, '\t' | '\r' | '\n');
    !bytes.is_empty() && std::str::from_utf8(bytes).is_ok_and(|tekst| tekst.chars().all(gewoon))
}

const ZIP_EINDE: &[u8] = b"PK\x05\x06";
const ZIP_INGANG: &[u8] = b"PK\x01\x02";
/// Length of an entry of the list of contents, and of the end of an archive, without what may follow it.
const ZIP_INGANG_BYTES: usize = 46;
const ZIP_EINDE_BYTES: usize = 22;

/// The names in the list of contents of an archive; absent when the list cannot be read as a whole.
fn zip_namen(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let getal = |van: usize, aantal: usize| -> Option<usize> {
        let deel = bytes.get(van..van.checked_add(aantal)?)?;
        Some(deel.iter().rev().fold(0, |som, byte| som << 8 | usize::from(*byte)))
    };
    // After the end stands at most a remark.
    let begin = bytes.len().saturating_sub(ZIP_EINDE_BYTES + usize::from(u16::MAX));
    let staart = bytes.get(begin..)?;
    let einde = begin + staart.windows(ZIP_EINDE.len()).rposition(|deel| deel == ZIP_EINDE)?;
    let (aantal, mut plek) = (getal(einde + 10, 2)?, getal(einde + 16, 4)?);
    let mut namen = Vec::with_capacity(aantal);
    for _ in 0..aantal {
        if bytes.get(plek..plek.checked_add(ZIP_INGANG.len())?)? != ZIP_INGANG {
            return None;
        }
        let (naam, extra, remark) = (getal(plek + 28, 2)?, getal(plek + 30, 2)?, getal(plek + 32, 2)?);
        let van = plek + ZIP_INGANG_BYTES;
        namen.push(bytes.get(van..van + naam)?);
        plek = van + naam + extra + remark;
    }
    Some(namen)
}

#[cfg(test)]
mod tests {
    use super::Vorm;

    /// An archive of empty entries with these names, stored as they are.
    fn archief(namen: &[&str]) -> Vec<u8> {
        let (mut bytes, mut lijst) = (Vec::new(), Vec::new());
        for naam in namen {
            let plek = u32::try_from(bytes.len()).unwrap().to_le_bytes();
            let lengte = u16::try_from(naam.len()).unwrap().to_le_bytes();
            bytes.extend([b"PK\x03\x04".as_slice(), &[0; 22], &lengte, &[0; 2], naam.as_bytes()].concat());
            lijst.extend([b"PK\x01\x02".as_slice(), &[0; 24], &lengte, &[0; 12], &plek, naam.as_bytes()].concat());
        }
        let (aantal, plek) = (u16::try_from(namen.len()).unwrap().to_le_bytes(), bytes.len());
        let (lengte, plek) = (u32::try_from(lijst.len()).unwrap(), u32::try_from(plek).unwrap());
        bytes.extend(lijst);
        let einde = [b"PK\x05\x06".as_slice(), &[0; 4], &aantal, &aantal, &lengte.to_le_bytes(), &plek.to_le_bytes()];
        bytes.extend([einde.concat().as_slice(), &[0; 2]].concat());
        bytes
    }

    fn odt(soort: &str) -> Vec<u8> {
        let mut bytes = archief(&["mimetype", "content.xml"]);
        let naam = bytes.windows(8).position(|deel| deel == b"mimetype").unwrap() + 8;
        bytes.splice(naam..naam, soort.bytes());
        bytes
    }

    #[test]
    fn een_vorm_volgt_uit_de_bytes() {
        for (bytes, vorm) in [
            (b"%PDF-1.7\n".to_vec(), Vorm::Pdf),
            (b"\x89PNG\r\n\x1a\n\0\0\0".to_vec(), Vorm::Png),
            (b"\xff\xd8\xff\xe0\0".to_vec(), Vorm::Jpeg),
            ("Wat Zoë zag.\r\n\t– en hoorde".into(), Vorm::Tekst),
            (archief(&["[Content_Types].xml", "word/document.xml"]), Vorm::Docx),
            (odt("application/vnd.oasis.opendocument.text"), Vorm::Odt),
        ] {
            assert_eq!(Vorm::van(&bytes), Some(vorm));
        }
    }

    #[test]
    fn wat_geen_document_is_heeft_geen_vorm_hoe_het_ook_heet() {
        let mut afgebroken = archief(&["word/document.xml"]);
        afgebroken.truncate(afgebroken.len() - 30);
        let mut verwijst_erbuiten = archief(&["word/document.xml"]);
        let plek = verwijst_erbuiten.len() - 6;
        verwijst_erbuiten[plek..plek + 4].copy_from_slice(&[0xff; 4]);
        for bytes in [
            Vec::new(),
            b"MZ\x90\0\x03".to_vec(),
            b"\x7fELF".to_vec(),
            b"tekst met een \0".to_vec(),
            b"\xff\xfeU\0".to_vec(),
            b"GIF89a\x01".to_vec(),
            archief(&["mimetype", "program.exe"]),
            archief(&["[Content_Types].xml", "xl/workbook.xml"]),
            archief(&["word/document.xml", "word/vbaProject.bin"]),
            odt("application/vnd.oasis.opendocument.text-template"),
            b"PK\x03\x04".to_vec(),
            afgebroken,
            verwijst_erbuiten,
        ] {
            assert_eq!(Vorm::van(&bytes), None, "{:?}", bytes.get(..8));
        }
    }
}
