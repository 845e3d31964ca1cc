//! Former releases that are held in memory: each read when it is first asked for, once however many ask, within a
//! number of bytes.

use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Semaphore, watch};
use tokio::task::spawn_blocking;

use super::limits::Limits;
use super::snapshot::Snapshot;
use crate::dataset::{Dataset, ReleaseEntry};

/// How many bytes of memory a byte of a release's files takes once it is loaded and indexed, on the safe side.
/// Measured: 11.7 for release 1.1.0 of the embedded data, 736 KB that grew the process by 8.6 MB.
const HELD_PER_BYTE: u64 = 12;
/// The share of the memory that the cached answers of one release may take.
const RESPONSES_SHARE: u64 = 16;
/// How many releases may wait to be read; whoever asks for one more is told to ask again.
const QUEUE: usize = 8;

/// Why a former release could not be read.
#[derive(Debug, Clone)]
pub(crate) enum ReadError {
    /// As many releases as may wait to be read are waiting.
    Full,
    /// The archive is at fault, or the service.
    Failed(Arc<dyn Error + Send + Sync>),
}

type Read = Result<Arc<Snapshot>, ReadError>;

/// The former releases that are held. Cheap to clone.
#[derive(Clone)]
pub(crate) struct FormerReleases(Arc<Parts>);

struct Parts {
    /// How many bytes they may take together.
    bytes: u64,
    /// How many bytes of answers each may cache.
    response_bytes: u64,
    /// One permit for each release that may wait to be read.
    queue: Arc<Semaphore>,
    /// One release is read at a time, so that no two need memory that is not counted.
    reader: Semaphore,
    /// By the time of the last request for it, the longest ago first.
    slots: Mutex<Vec<Slot>>,
}

struct Slot {
    /// The digest of the release: what is held outlives a reload of the data.
    digest: String,
    state: State,
}

#[derive(Clone)]
enum State {
    /// It is being read; whoever asks waits for the same reading.
    Reading(watch::Receiver<Option<Read>>),
    /// It takes so many bytes.
    Held(Arc<Snapshot>, u64),
}

impl FormerReleases {
    /// Holds nothing yet.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self(Arc::new(Parts {
            bytes: limits.release_bytes,
            response_bytes: limits.cache_bytes.min(limits.release_bytes / RESPONSES_SHARE),
            queue: Arc::new(Semaphore::new(QUEUE)),
            reader: Semaphore::new(1),
            slots: Mutex::default(),
        }))
    }

    /// A release that is held, as it was just asked for; none when it would have to be read.
    pub(crate) fn held(&self, digest: &str) -> Option<Arc<Snapshot>> {
        match touch(&mut self.0.slots(), digest)? {
            State::Held(snapshot, _) => Some(snapshot),
            State::Reading(_) => None,
        }
    }

    /// How many bytes the releases that are held take, and how many there are.
    #[cfg(test)]
    fn size(&self) -> (u64, usize) {
        let slots = self.0.slots();
        let held = slots.iter().filter_map(Slot::bytes);
        held.fold((0, 0), |(sum, count), bytes| (sum + bytes, count + 1))
    }

    /// A former release that the archive of `served` has. It is read on the blocking pool if it is not held, once
    /// for all who ask meanwhile, and to the end even where none of them waits any more.
    ///
    /// # Errors
    /// When too many others are waiting to be read, and when it cannot be read.
    pub(crate) async fn read(&self, served: &Arc<Dataset>, release: &ReleaseEntry) -> Read {
        let mut receiver = {
            let mut slots = self.0.slots();
            match touch(&mut slots, &release.digest) {
                Some(State::Held(snapshot, _)) => return Ok(snapshot),
                Some(State::Reading(receiver)) => receiver,
                None => {
                    let place = Arc::clone(&self.0.queue).try_acquire_owned();
                    let place = place.map_err(|_| ReadError::Full)?;
                    let (tell, receiver) = watch::channel(None);
                    let state = State::Reading(receiver.clone());
                    slots.push(Slot { digest: release.digest.clone(), state });
                    let (parts, served, release) =
                        (Arc::clone(&self.0), Arc::clone(served), release.clone());
                    tokio::spawn(async move {
                        // Nobody may be waiting any more.
                        tell.send_replace(Some(parts.read(served, release).await));
                        drop(place);
                    });
                    receiver
                }
            }
        };
        // The reading can only end without telling when the service ends.
        let read = receiver.wait_for(Option::is_some).await.ok().and_then(|read| read.clone());
        read.unwrap_or(Err(ReadError::Full))
    }
}

impl Parts {
    fn slots(&self) -> MutexGuard<'_, Vec<Slot>> {
        // Nothing that is done under the lock leaves it half done.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets go of releases, those that were not asked for the longest first, until there is room for one more.
    fn make_room(&self, bytes: u64) {
        let mut slots = self.slots();
        loop {
            let taken: u64 = slots.iter().filter_map(Slot::bytes).sum();
            let first = slots.iter().position(|slot| slot.bytes().is_some());
            match first {
                Some(first) if taken.saturating_add(bytes) > self.bytes => _ = slots.remove(first),
                _ => return,
            }
        }
    }

    /// Holds what was read from now on, or forgets that it was being read.
    fn finish(&self, digest: &str, read: &Read, bytes: u64) {
        let mut slots = self.slots();
        let Some(place) = slots.iter().position(|slot| slot.digest == digest) else { return };
        match read {
            Ok(snapshot) => slots[place].state = State::Held(Arc::clone(snapshot), bytes),
            Err(_) => _ = slots.remove(place),
        }
    }

    /// Reads a former release when its turn comes, and holds it.
    async fn read(&self, served: Arc<Dataset>, release: ReleaseEntry) -> Read {
        let _turn = self.reader.acquire().await;
        let size = release.bytes.unwrap_or_default().saturating_mul(HELD_PER_BYTE);
        let bytes = size.saturating_add(self.response_bytes);
        self.make_room(bytes);
        let version = release.version.to_string();
        let read = match spawn_blocking(move || served.former(&version)).await {
            Ok(Ok(dataset)) => Ok(Arc::new(Snapshot::of(dataset, self.response_bytes))),
            Ok(Err(error)) => Err(ReadError::Failed(Arc::new(error))),
            Err(ended) => Err(ReadError::Failed(Arc::new(ended))),
        };
        self.finish(&release.digest, &read, bytes);
        read
    }
}

impl Slot {
    /// How many bytes it takes; none while it is being read.
    fn bytes(&self) -> Option<u64> {
        match self.state {
            State::Held(_, bytes) => Some(bytes),
            State::Reading(_) => None,
        }
    }
}

/// Moves a release behind those that were asked for before, and says how it stands.
fn touch(slots: &mut Vec<Slot>, digest: &str) -> Option<State> {
    let place = slots.iter().position(|slot| slot.digest == digest)?;
    let slot = slots.remove(place);
    let state = slot.state.clone();
    slots.push(slot);
    Some(state)
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;

    use super::*;

    fn served() -> Arc<Dataset> {
        Arc::new(Dataset::embedded().expect("the embedded dataset loads"))
    }

    fn holding(release_bytes: u64) -> FormerReleases {
        FormerReleases::new(&Limits { release_bytes, ..Limits::DEFAULT })
    }

    fn release(served: &Dataset, version: &str) -> ReleaseEntry {
        served.find_release(version).expect("a release")
    }

    #[tokio::test]
    async fn a_release_that_many_ask_for_at_once_is_read_once() {
        let (served, former) = (served(), holding(64 << 20));
        let release = release(&served, "1.0.0");
        let reads = (0..50).map(|_| former.read(&served, &release));
        let read: Vec<_> =
            join_all(reads).await.into_iter().map(|read| read.expect("it")).collect();
        assert!(read.iter().all(|one| Arc::ptr_eq(one, &read[0])));
        assert!(former.held(&release.digest).is_some_and(|held| Arc::ptr_eq(&held, &read[0])));
        let again = former.read(&served, &release).await.expect("it");
        assert!(Arc::ptr_eq(&again, &read[0]));
    }

    #[tokio::test]
    async fn a_reading_that_nobody_waits_for_goes_on_to_its_end() {
        let (served, former) = (served(), holding(64 << 20));
        let release = release(&served, "1.0.0");
        let begun = {
            let mut reading = Box::pin(former.read(&served, &release));
            futures_util::poll!(&mut reading).is_pending()
        };
        assert!(begun);
        // Whoever comes next waits for that reading.
        let mut slots = former.0.slots().len();
        assert_eq!(slots, 1);
        former.read(&served, &release).await.expect("it");
        slots = former.0.slots().len();
        assert_eq!(slots, 1);
    }

    #[tokio::test]
    async fn releases_stay_within_their_bytes_and_the_one_asked_for_last_stays() {
        let served = served();
        let (first, second) = (release(&served, "1.0.0"), release(&served, "1.1.0"));
        let both = holding(64 << 20);
        for release in [&first, &second, &first] {
            both.read(&served, release).await.expect("it");
        }
        let (bytes, count) = both.size();
        assert!(count == 2 && bytes <= 64 << 20, "{count} releases in {bytes} bytes");
        // Room for either of them, and not for both.
        let one = holding(12 << 20);
        for release in [&first, &second] {
            one.read(&served, release).await.expect("it");
            assert!(one.size().0 <= 12 << 20, "{:?}", one.size());
        }
        assert_eq!(one.size().1, 1);
        assert!(one.held(&first.digest).is_none() && one.held(&second.digest).is_some());
        // One that is larger than all of it is held alone.
        let small = holding(1 << 20);
        for release in [&first, &second] {
            small.read(&served, release).await.expect("it");
            assert_eq!(small.size().1, 1);
        }
    }

    #[tokio::test]
    async fn whoever_asks_for_one_more_than_may_wait_is_told_to_ask_again() {
        let (served, former) = (served(), holding(64 << 20));
        let (first, second) = (release(&served, "1.0.0"), release(&served, "1.1.0"));
        former.read(&served, &first).await.expect("it");
        let most = u32::try_from(QUEUE).expect("few");
        let taken = former.0.queue.acquire_many(most).await.expect("all places");
        assert!(matches!(former.read(&served, &second).await, Err(ReadError::Full)));
        assert!(former.read(&served, &first).await.is_ok(), "what is held needs no place");
        drop(taken);
        assert!(former.read(&served, &second).await.is_ok());
    }

    #[tokio::test]
    async fn a_release_that_cannot_be_read_is_told_and_tried_again() {
        let (served, former) = (served(), holding(64 << 20));
        let unknown = ReleaseEntry {
            version: "0.0.1".to_owned().try_into().expect("a version"),
            ..release(&served, "1.0.0")
        };
        for _ in 0..2 {
            let read = former.read(&served, &unknown).await;
            assert!(matches!(read, Err(ReadError::Failed(_))));
        }
        assert_eq!(former.size(), (0, 0));
    }
}
