//! View rows made anew from the events of a stream.

use super::{App, Geladen, POGINGEN_MAX};
use crate::{
    AppFout, codec,
    opslag::{EventRij, Views},
    views,
};
use domain::ids::CasusId;

impl App {
    /// Rebuilds the views of a stream from its events. What is recorded meanwhile is in them too.
    ///
    /// # Errors
    /// When the stream cannot be read or the store fails.
    pub async fn herbouw_views(&self, id: CasusId) -> Result<(), AppFout> {
        for _ in 0..POGINGEN_MAX {
            let rijen = self.store.laad(id).await?;
            let gelezen = rijen.len();
            let views = self.views_van(id, rijen).await?;
            self.store.vervang_views(id, views).await?;
            // A commit in between wrote newer views, which these have just replaced.
            if self.store.laad(id).await?.len() == gelezen {
                return Ok(());
            }
        }
        Err(AppFout::TeDruk)
    }

    async fn views_van(&self, id: CasusId, rijen: Vec<EventRij>) -> Result<Views, AppFout> {
        match codec::stroomsoort(&rijen) {
            "" => {
                let geladen = self.vouw(rijen).await?;
                self.views_van_geladen(&geladen).await
            }
            _ => crate::eigen::views_van(id, rijen),
        }
    }

    /// The rows of the lists of a casus as it stands.
    pub(crate) async fn views_van_geladen(&self, geladen: &Geladen) -> Result<Views, AppFout> {
        let Some(id) = geladen.rijen.first().map(|rij| rij.casus) else { return Ok(Views::default()) };
        let (_, namen) = self.sleutels_en_namen(id).await?;
        Ok(views::projecteer(id, &geladen.casus, &self.bundels(), &|org| namen.get(org).copied()))
    }
}
