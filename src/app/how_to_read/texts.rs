//! The texts: what a panel shows, what it does not show, and what the papers draw or measure of it, in words. Papers:
//! CMSA, arXiv 2412.02197; EMA, arXiv 2305.13563.

use super::HowTo;

/// The text about a part of the window.
pub fn of(how_to: HowTo) -> &'static str {
    match how_to {
        HowTo::Resolution => RESOLUTION,
        HowTo::Score => SCORE,
        HowTo::NetworkInput => NETWORK_INPUT,
        HowTo::People => PEOPLE,
        HowTo::Layers => LAYERS,
        HowTo::Strip => STRIP,
        HowTo::Scales => SCALES,
        HowTo::Query => QUERY,
        HowTo::Received => RECEIVED,
        HowTo::Reach => REACH,
        HowTo::Entropy => ENTROPY,
        HowTo::AcrossSizes => ACROSS_SIZES,
        HowTo::Ema => EMA,
        HowTo::EmaOverPeople => EMA_OVER_PEOPLE,
        HowTo::Joints => JOINTS,
        HowTo::WhatIf => WHAT_IF,
        HowTo::WhatMatters => WHAT_MATTERS,
        HowTo::Sweep => SWEEP,
        HowTo::SideBySide => SIDE_BY_SIDE,
        HowTo::DataSet => DATA_SET,
    }
}

const RESOLUTION: &str = "Two different things are called resolution. [Capture] is how many rows of pixels a camera \
    spends on the person; what it loses is gone. [Network input] is the size of the picture that the network gets: the \
    capture, enlarged or reduced to it.\n\n\
    Linked, both are equal, as in the published experiments: CMSA's paper trains and tests one network for each input \
    from 32×24 to 128×96. Unlinked, a person captured at 24 rows can be shown to a 64×48 network.\n\n\
    The capture is imitated: your picture is averaged down, with noise and JPEG where “Camera and decoder” asks for \
    them. A real distant camera also blurs and sharpens, and no slider can show more than the picture holds.";

const SCORE: &str = "With labelled joints this is accuracy. [OKS] is 1 where every joint is in place and falls with \
    the distance, faster for a small person and for eyes than for hips. [PCK] counts joints within a fifth of the box, \
    which is far more lenient.\n\n\
    Without labels it is [agreement|Agreement]: the same network, whole and at its largest trained input, stands in \
    for the truth. Two wrong answers can agree perfectly. The [second opinion|Second opinion] asks a network of \
    another make, which may be wrong as well.\n\n\
    One person's OKS is not the papers' figure: [AP] counts how many of thousands of people reach ten thresholds of \
    OKS, sorted by confidence.";

const NETWORK_INPUT: &str = "These are the very pixels that the network gets, each drawn as a square: the person's box, \
    widened to 3:4 and a quarter larger, captured and brought to the [network input|Network input]. Black is outside the \
    picture. Nothing else of the picture reaches the network.\n\n\
    Look here first when joints are wrong: if you cannot find the wrist in these pixels, the network has to guess it from \
    the rest of the body. The joints over it are read off [heatmaps|Heatmap] more finely than a pixel, so they need not \
    stand on pixel centres.\n\n\
    MoveNet gets a square of its own, enlarged from the capture; here the captured pixels stand for it.";

const PEOPLE: &str = "A row for each box: height in picture pixels, and how good the joints in it are: [OKS] with \
    labelled joints, else [agreement|Agreement]; before a camera, where neither is measured, the mean confidence.\n\n\
    The network does not find people: it answers for any box, also one around a lamp. Boxes come from labels, from \
    you, or from NanoDet, a detector of another make; a bad box gives bad joints however good the network is.\n\n\
    The papers' figures are measured with true boxes, so they leave this step out. Grey figures are not current. While \
    a slider or a box is dragged only the selected person is looked at, the others when it is let go.";

const LAYERS: &str = "Each layer draws one thing over the picture. The skeleton has blue for the person's left and orange \
    for their right. The [heatmap|Heatmap] is what the network gave for a joint; a peak near 1 is sure, a wide or double \
    one is not. Attention and windows belong to the block and scale chosen on the right.\n\n\
    A joint below its threshold is hidden, not missing: the network always gives all 17, and “Show unsure joints” draws \
    them. The thresholds are the confidence from which a joint is right more often than not, measured by the network's \
    makers at each input, unless you set one for all.\n\n\
    Green rings are [ground truth|Ground truth], red lines the way from there to what was found.";

const STRIP: &str = "The same person at eight capture heights, from 128 pixels down to 8: the captured pixels themselves, \
    enlarged, with the skeleton found in them and its [OKS] or [agreement|Agreement] below. Each goes to the smallest \
    standard [network input|Network input] that loses none of its pixels. “Network inputs” leaves those whose capture and \
    input are equal.\n\n\
    Read it from left to right: where does the skeleton first break, and which limb? That is the answer to how few pixels \
    this person may have.\n\n\
    It is one person in one pose, and its figure may even rise by chance as pixels get fewer. The sweep over many people \
    is what to quote. Faint cells are not current.";

const SCALES: &str = "One map for each [scale|Scale] of the block. Its name tells the [window|Window], beyond which no \
    pixel sees, and how many cells one [key|Keys] is the mean of. Below stand the [heads|Head] of the chosen scale; \
    the map above is their mean, which can hide that two heads look to different places.\n\n\
    The CMSA paper draws a block so: the heads come in groups, and the first looks in the widest window. What it found \
    is joined to the keys and values of the next group, then mixed and pooled; so each scale knows what the one before \
    found. In the third stage both windows are equal and only the keys differ, so coarse-to-fine is not true there.";

const QUERY: &str = "The marked pixel asks, and the colours say how much it takes from each cell of its \
    [window|Window]: 1× is an even share of all cells, 16× sixteen times that. Cells are as large as the [keys|Keys] \
    really are; outside the window it sees nothing at all. Click elsewhere, or choose a joint, to ask there.\n\n\
    What happens in one [block|Block] passes through all later ones, and attention is only the weighting: what is \
    carried along with it is not drawn. A bright cell is where the network looked, not the reason for its answer; \
    “What if” tests reasons.\n\n\
    In the paper's formula this is softmax(q·k/4 + bias), with a bias learned for each distance.";

const RECEIVED: &str = "For each cell: how much it is looked at, averaged over all pixels of its [window|Window]. 1× \
    is as much as any other. Bright cells are where many pixels get something, often the body's outline or a joint; \
    but also a corner of background can serve all pixels as a place to look at when there is nothing to find.\n\n\
    It does not say who looks: choose the query mode for that. Windows are averaged apart, so a jump of brightness at \
    their border comes from the grid (switch on the window grid) and not from the picture.\n\n\
    [Keys] that are pooled over 2×2 pixels make the map half as fine, not less certain.";

const REACH: &str = "For each pixel the mean distance, in pixels of the [network input|Network input], to what it \
    looks at. This makes the [scale|Scale] visible: a window of 8×6 cells allows only short looks, one of 32×24 may \
    span the whole person.\n\n\
    Colours end at the farthest that the window allows, which is written below each map; so from scale to scale \
    compare the numbers under the pointer, not the colours. A pixel that spreads evenly over its window has a fairly \
    long reach without looking at anything: read it beside the [entropy|Entropy].\n\n\
    The papers' claim is that coarse and fine looks work together: here you see whether the coarse heads of this \
    network really look far.";

const ENTROPY: &str = "For each pixel how spread its attention is. 0 looks at a single cell, 1 at every cell of its \
    [window|Window] alike. It is divided by the largest value there can be, so windows of any size compare.\n\n\
    Low values on a limb mean that pixels there have found something to look at; high ones on the background that they \
    have not, which is no fault. As the person gets smaller, watch where sharp attention turns into spread: often the \
    joints there fail next.\n\n\
    Low is not good by itself: a pixel can look sharply at the wrong place. The mean of several [heads|Head] is more \
    spread than each of them, so compare heads with heads.";

const ACROSS_SIZES: &str = "Attention in the chosen mode, of the same [block|Block], [scale|Scale] and joint or pixel, \
    at every [network input|Network input]. Linked, the person has fewer pixels from map to map; unlinked, the \
    [capture|Capture] stays and only the input changes.\n\n\
    A [window|Window] always has the same number of cells. At 32×24 the first scale's window is the whole person; at \
    64×48 it is a quarter, at 128×96 a sixteenth. So a look that seems shorter may only have a smaller window around \
    it.\n\n\
    The papers train a network for each size; the bundled one shares its weights between sizes, but for the statistics \
    of its normalisation. If the look leaves the limb as pixels get fewer and the joint leaves with it, that is a \
    lead, not a proof.";

const EMA: &str = "After each stage an [EMA] module decides which places count. The EMA paper draws it so: channels \
    are cut into groups. Each group is averaged along its rows and along its columns; these strips become gates over \
    the rows and columns of one branch, while a 3×3 convolution is the other. Each branch's channel weights, [p1] and \
    [p2], weigh the other branch; their sum, brought between 0 and 1, is the gate [σ(w)].\n\n\
    So p2 is what this picture causes, and p1 is the same for all pictures. Neither switches a channel off: only σ(w) \
    acts on the output, on all channels of its group alike. Around 0.5 it takes no side. Bright places pass; that does \
    not yet mean that they help.";

const EMA_OVER_PEOPLE: &str = "What the [EMA] modules do as people get small, a line for each stage: the mean over \
    people, with their middle half as a band. One plot is against the [network input|Network input] captured at its \
    own size, one against the [capture|Capture] at one input.\n\n\
    Evenness tells how alike a group's channels are weighed by [p2]: near 1 the picture decides little. [σ(w)] is the \
    gate on the output; a mean that leaves 0.5 tells that a stage passes more or less. Means of the row gates σ(a) and \
    column gates σ(b) reach no output by themselves: a normalisation follows.\n\n\
    Means hide that people differ, and one person's may be chance. Both papers give accuracy with and without their \
    modules and no such curve: this is no published result.";

const JOINTS: &str = "A row for each of COCO's 17 joints. x and y are picture pixels, finer than a cell of the \
    [heatmap|Heatmap] that they are read off. “Conf.” is the height of its peak: how sure the network is, not the \
    probability to be right. It differs from joint to joint, so each has a threshold of its own; rows below it are \
    weak.\n\n\
    [OKS] tells how near a labelled joint is. The same error in pixels costs an eye much more than a hip, as people who \
    label differ less about eyes. A dash means that nobody labelled it.\n\n\
    Left and right are the person's own. A swap of both legs can leave confidence high: look for two bad scores together.";

const WHAT_IF: &str = "Leave a part out and see what the answer loses. A muted [head|Head] or [scale|Scale] gives \
    zeros; a cut cascade hides from a scale what the one before it found; an [EMA] module can be passed by, its gate \
    evened out, or its [p2] replaced by [p1]. The dashed skeleton is the untouched network's.\n\n\
    This tests what attention maps only suggest: a part that looks important and changes nothing when it is gone is \
    not. But the network never trained without it, and what follows may be upset rather than short of something; two \
    parts may also stand in for each other, so that losing either costs nothing.\n\n\
    Ablation tables of papers train anew without the part, which answers another question; do not compare the figures.";

const WHAT_MATTERS: &str = "On which pixels of the input does a joint's place hang? Occlusion moves a grey patch over \
    the input, coarse patches first, and notes how far the joint moves or how much confidence it loses: bright is \
    where the patch does harm. Gradient × input tells how much each pixel, as it differs from grey, raises (orange) or \
    lowers (purple) the peak of the [heatmap|Heatmap].\n\n\
    A grey patch is itself a thing that no person wears, and may disturb as much as it hides; its size limits how \
    finely you see. The gradient holds for tiny changes only and is noisy.\n\n\
    Neither is attention: a pixel may be looked at and not matter, or matter through others. Where both views agree, \
    trust them more.";

const SWEEP: &str = "The score against how many rows of pixels the camera spends, a curve for each [network \
    input|Network input] or, at the present input, for some joints. From right to left the person goes away: the curve \
    stays level, then falls. The sentence below says where it crosses 0.5. Each doubling of the height is equally \
    wide. With several people the line is their mean and the band their middle half; with enough labels it can be \
    their [AP].\n\n\
    With labels the score is [OKS], else [agreement|Agreement], which begins near 1 by its nature. One person's curve \
    may zigzag.\n\n\
    The papers link both sizes, one point a network: CMSA-B has 53.5, 65.2 and 70.3 AP at 32×24, 64×48 and 128×96. AP \
    is no mean of OKS; compare shapes, not heights.";

const SIDE_BY_SIDE: &str = "The same person seen in two ways, A and B, with zoom and query linked: another network, \
    input, [capture|Capture], decoder, or a part left out. The difference draws A dashed and B solid, with a line from \
    each joint to the other side's, and where the [heatmaps|Heatmap] of the chosen joint differ: purple where A has \
    more, orange where B has.\n\n\
    Change one thing at a time, or you cannot tell what made the difference. That A and B differ does not say which is \
    right: only the [ground truth|Ground truth] does, and for one person a small lead in [OKS] may be chance.\n\n\
    The papers' tables compare networks over thousands of people at one size; the data set window does that.";

const DATA_SET: &str = "Networks measured over every labelled person of a set, at the chosen [inputs|Network input], \
    beside each other; at every [capture|Capture] height, their curves tell how many rows a person needs. [AP] is \
    COCO's figure: over ten thresholds of [OKS], how well people are found, the surest first. [PCK] and the mean OKS are \
    simpler and do not rank.\n\n\
    People come worst first: look at twenty and name what they share, such as crouching, overlap, cut limbs or wrong \
    labels. Boxes are the true ones, so finding people is not tested. In a set of cut-out crops small, medium and \
    large are not COCO's.\n\n\
    Published on COCO val2017, with flip test: CMSA-S has 52.3 at 32×24, CMSA-B 65.2 at 64×48, CMSA-L 71.8 at 128×96.";
